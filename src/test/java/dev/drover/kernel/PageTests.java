package dev.drover.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PageTests {

    @Test
    void hasANextPageWhenThereIsOneItemMore() {
        var page = Page.of(List.of("a", "b", "c"), 2, item -> item);
        assertThat(page.items()).containsExactly("a", "b");
        assertThat(Page.key(page.next())).isEqualTo("b");
    }

    @Test
    void endsWhereNothingIsLeft() {
        assertThat(Page.of(List.of("a", "b"), 2, item -> item).next()).isNull();
    }

    @Test
    void refusesACursorThatIsNotItsOwn() {
        assertThatThrownBy(() -> Page.key("%%%")).isInstanceOf(Problem.class).hasMessageContaining("'next' of an earlier answer");
    }

    @Test
    void refusesLimitsOutsideOneToAThousand() {
        assertThat(Page.limit(null, 50)).isEqualTo(50);
        assertThat(Page.limit(1_000, 50)).isEqualTo(1_000);
        assertThatThrownBy(() -> Page.limit(0, 50)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> Page.limit(1_001, 50)).isInstanceOf(Problem.class);
    }
}
