package dev.drover.web;

import java.util.List;

/** What a capability has to say on every page for as long as it holds. Asked for each page, so the answer must be at hand. */
public interface Banner {

    /** @param url where something can be done about it */
    record Notice(String text, String url, String link) {}

    List<Notice> now();
}
