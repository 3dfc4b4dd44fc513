package dev.drover.segment;

import java.util.List;

/** Who depends on a segment; told by the floors above. */
public interface SegmentUse {

    /** @return in words that follow "is still asked for by", such as "the journey win-back" */
    List<String> of(String segment);
}
