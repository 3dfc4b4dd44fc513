package dev.drover.segment;

import org.springframework.stereotype.Component;

/** Segments and their members. */
@Component
public class Segments {

    /** @throws dev.drover.kernel.Problem not found when there is no such segment */
    public boolean isMember(String segment, long customerId) {
        throw new UnsupportedOperationException();
    }

    /** Adds a member to a static segment. @param source {@code manual}, {@code import}, {@code automation} or {@code api} */
    public void add(String segment, long customerId, String source) {
        throw new UnsupportedOperationException();
    }

    public void remove(String segment, long customerId, String source) {
        throw new UnsupportedOperationException();
    }
}
