package dev.drover.template;

import java.io.IOException;
import java.io.StringWriter;

/** Collects text up to a length and then refuses. */
final class BoundedWriter extends StringWriter {

    private final int most;

    BoundedWriter(int most) {
        this.most = most;
    }

    @Override
    public void write(int character) {
        check(1);
        super.write(character);
    }

    @Override
    public void write(char[] text, int from, int length) {
        check(length);
        super.write(text, from, length);
    }

    @Override
    public void write(String text) {
        check(text.length());
        super.write(text);
    }

    @Override
    public void write(String text, int from, int length) {
        check(length);
        super.write(text, from, length);
    }

    private void check(int more) {
        if (getBuffer().length() + more > most) {
            throw new java.io.UncheckedIOException(new IOException("The message grows beyond %,d characters.".formatted(most)));
        }
    }
}
