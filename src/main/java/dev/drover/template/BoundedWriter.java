package dev.drover.template;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;

/** Collects text up to a length and then refuses. One thread's alone: unlike {@link java.io.StringWriter} it locks nothing for each piece. */
final class BoundedWriter extends Writer {

    private final int most;
    private final StringBuilder text = new StringBuilder(1_024);

    BoundedWriter(int most) {
        this.most = most;
    }

    @Override
    public void write(int character) {
        check(1);
        text.append((char) character);
    }

    @Override
    public void write(char[] more, int from, int length) {
        check(length);
        text.append(more, from, length);
    }

    @Override
    public void write(String more) {
        check(more.length());
        text.append(more);
    }

    @Override
    public void write(String more, int from, int length) {
        check(length);
        text.append(more, from, from + length);
    }

    /** Without this the text would be turned round by way of an array. */
    @Override
    public Writer append(CharSequence more) {
        check(more.length());
        text.append(more);
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    private void check(int more) {
        if (text.length() + more > most) {
            throw new UncheckedIOException(new IOException("The message grows beyond %,d characters.".formatted(most)));
        }
    }
}
