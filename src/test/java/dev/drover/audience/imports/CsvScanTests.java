package dev.drover.audience.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.kernel.Problem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class CsvScanTests {

    @Test
    void findsOutHowAFileIsWritten() throws IOException {
        var shape = scan("id;name\n1;\"Müller; Söhne\"\n2;Ana\n".getBytes(StandardCharsets.UTF_8));
        assertThat(shape.charset()).isEqualTo("UTF-8");
        assertThat(shape.separator()).isEqualTo(";");
        assertThat(shape.header()).containsExactly("id", "name");
        assertThat(shape.first()).containsExactly(List.of("1", "Müller; Söhne"), List.of("2", "Ana"));
        assertThat(shape.lines()).isEqualTo(3);
        assertThat(shape.note()).isNull();
    }

    @Test
    void takesAByteOrderMarkForNoPartOfTheHeader() throws IOException {
        assertThat(scan("\uFEFFid,name\n1,Ana".getBytes(StandardCharsets.UTF_8)).header()).containsExactly("id", "name");
        assertThat(scan("\uFEFFid,name\n1,Ana".getBytes(StandardCharsets.UTF_16LE)).header()).containsExactly("id", "name");
    }

    @Test
    void readsAnOldWindowsFileAndSaysSo() throws IOException {
        var shape = scan("id,name\n1,Zoë\n".getBytes(Charset.forName("windows-1252")));
        assertThat(shape.first().getFirst()).containsExactly("1", "Zoë");
        assertThat(shape.note()).contains("Windows-1252");
    }

    @Test
    void unpacksWhateverTheNameSays() throws IOException {
        byte[] packed = gzip("id\n1\n");
        assertThat(scan(packed).first()).containsExactly(List.of("1"));
        assertThatThrownBy(() -> scan(Arrays.copyOf(packed, packed.length - 6))).isInstanceOf(Problem.class).hasMessageContaining("cut off");
    }

    @Test
    void refusesWhatIsNoText() {
        assertThatThrownBy(() -> scan(new byte[] {'P', 'K', 3, 4, 0, 0})).isInstanceOf(Problem.class).hasMessageContaining("CSV");
        assertThatThrownBy(() -> scan(new byte[] {'i', 'd', 0, 1, 2})).isInstanceOf(Problem.class).hasMessageContaining("no text");
        assertThatThrownBy(() -> scan(new byte[0])).isInstanceOf(Problem.class).hasMessageContaining("empty");
    }

    @Test
    void refusesACellThatNeverEnds() {
        assertThatThrownBy(() -> scan(("id\n\"" + "x".repeat(3_000_000)).getBytes(StandardCharsets.UTF_8))).isInstanceOf(Problem.class)
                .hasMessageContaining("line 2").hasMessageContaining("1,000,000");
        assertThatThrownBy(() -> scan(("id,name\n" + "1,x\n".repeat(3_000) + "2," + "x".repeat(1_500_000)).getBytes(StandardCharsets.UTF_8)))
                .as("far below the rows that are looked at").isInstanceOf(Problem.class).hasMessageContaining("line 3002");
    }

    @Test
    void readsDatesInEitherOrderOnceOneOfThemTells() throws IOException {
        assertThat(scan("at\n5/12/2010\n31/12/2010\n".getBytes(StandardCharsets.UTF_8)).dayFirst()).isTrue();
        assertThat(scan("at\n12/5/2010 8:26\n12/31/2010 9:00\n".getBytes(StandardCharsets.UTF_8)).dayFirst()).isFalse();
        assertThat(scan("at\n5/12/2010\n".getBytes(StandardCharsets.UTF_8)).dayFirst()).isNull();
        assertThat(Dates.instant("5/12/2010 8:26", true)).hasToString("2010-12-05T08:26:00Z");
        assertThat(Dates.instant("5/12/2010", false)).hasToString("2010-05-12T00:00:00Z");
        assertThat(Dates.instant("31.12.2010", null)).hasToString("2010-12-31T00:00:00Z");
        assertThatThrownBy(() -> Dates.instant("5/12/2010", null)).hasMessageContaining("comes first");
    }

    @Test
    void readsIsoDatesWithAndWithoutZone() {
        var written = new ArrayList<String>(List.of("2010-12-01T08:26", "2010-12-01 08:26", "2010-12-01T08:26:00", "2010-12-01T08:26:00Z",
                "2010-12-01T09:26+01:00", "2010-12-01T08:26:00.000Z"));
        assertThat(written).allSatisfy(text -> assertThat(Dates.instant(text, null)).hasToString("2010-12-01T08:26:00Z"));
        assertThat(Dates.instant("2010-12-01", null)).hasToString("2010-12-01T00:00:00Z");
        assertThatThrownBy(() -> Dates.instant("2010-02-30T00:00", null)).isInstanceOf(java.time.DateTimeException.class);
        assertThatThrownBy(() -> Dates.instant("30/2/2010", null)).isInstanceOf(java.time.DateTimeException.class);
    }

    private static CsvShape scan(byte[] file) throws IOException {
        return CsvScan.of(() -> new ByteArrayInputStream(file));
    }

    static byte[] gzip(String text) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(packed)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }
}
