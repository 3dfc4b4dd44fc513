package dev.drover.delivery;

import dev.drover.kernel.BaseUrl;
import dev.drover.kernel.Problem;
import dev.drover.outgoing.Answer;
import dev.drover.outgoing.OutgoingRequests;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Asks where a message's links and pictures lead whether there is something: the headers first, the page where a host doesn't like that. */
@Component
class LinkAnswers {

    /**
     * @param state {@code ok}, {@code moved}, {@code dead}, {@code unsure}, or {@code unasked}: it is ours, or an address that isn't asked
     * @param words what came of it
     */
    record Found(String url, String state, String words) {}

    /** @param left how many more there were */
    record All(List<Found> links, int left) {}

    private static final int MOST = 40;
    private static final Duration WITHIN = Duration.ofSeconds(25);
    private static final Pattern IN_TEXT = Pattern.compile("https?://[^\\s<>\"]+[^\\s<>\".,;:!?)\\]']");
    /** What a host says to programs it doesn't know, whatever is there. */
    private static final Set<Integer> KEPT_TO_ITSELF = Set.of(401, 403, 405, 406, 429, 451, 503, 999);

    private final OutgoingRequests outgoing;
    private final BaseUrl base;
    private final Semaphore atOnce = new Semaphore(2);

    LinkAnswers(OutgoingRequests outgoing, BaseUrl base) {
        this.outgoing = outgoing;
        this.base = base;
    }

    All of(MessageContent content) {
        var urls = List.copyOf(urls(content));
        if (!atOnce.tryAcquire()) {
            throw Problem.unavailable("Others have their links checked just now. Try again in a moment.");
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = urls.stream().limit(MOST).toList();
            var answers = threads.invokeAll(asked.stream().map(url -> (Callable<Found>) () -> ask(url)).toList(), WITHIN.toSeconds(), TimeUnit.SECONDS);
            var found = new ArrayList<Found>();
            for (int n = 0; n < asked.size(); n++) {
                found.add(result(asked.get(n), answers.get(n)));
            }
            return new All(found, urls.size() - asked.size());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("The check was broken off.");
        } finally {
            atOnce.release();
        }
    }

    static Set<String> urls(MessageContent content) {
        Stream<String> found = content.html() == null ? IN_TEXT.matcher(content.text() == null ? "" : content.text()).results().map(hit -> hit.group())
                : Jsoup.parse(content.html()).select("a[href], area[href], img[src], [background]").stream()
                        .map(element -> element.hasAttr("href") ? element.attr("href") : element.hasAttr("src") ? element.attr("src") : element.attr("background"));
        return found.map(String::strip).filter(url -> url.regionMatches(true, 0, "http://", 0, 7) || url.regionMatches(true, 0, "https://", 0, 8))
                .collect(LinkedHashSet::new, Set::add, Set::addAll);
    }

    private static Found result(String url, Future<Found> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (CancellationException | ExecutionException late) {
            return new Found(url, "unsure", "No answer within %d s.".formatted(WITHIN.toSeconds()));
        }
    }

    private Found ask(String url) {
        if (url.startsWith(base.of("/p/")) || url.startsWith(base.of("/u/")) || url.startsWith(base.of("/r/"))) {
            return new Found(url, "unasked", "A page of Drover’s own.");
        }
        try {
            Answer head = headers(url);
            return verdict(url, head != null && head.ok() ? head : outgoing.get(url));
        } catch (Problem problem) {
            return new Found(url, problem.kind() == Problem.Kind.REJECTED ? "unasked" : "dead", String.valueOf(problem.getMessage()));
        }
    }

    /** @return {@code null}: none came; a host that hangs up on this may still show the page */
    private @Nullable Answer headers(String url) {
        try {
            return outgoing.head(url);
        } catch (Problem problem) {
            if (problem.kind() == Problem.Kind.REJECTED) {
                throw problem;
            }
            return null;
        }
    }

    static Found verdict(String url, Answer answer) {
        int status = answer.status();
        if (answer.ok()) {
            return answer.redirects().isEmpty() ? new Found(url, "ok", "It is there.") : new Found(url, "moved", "Leads on to " + shown(answer.url()) + ".");
        }
        if (KEPT_TO_ITSELF.contains(status)) {
            return new Found(url, "unsure", "%s doesn’t tell a program (%d): look yourself.".formatted(answer.url().getHost(), status));
        }
        return new Found(url, "dead", status == 404 || status == 410 ? "There is nothing (%d).".formatted(status) : "%s answers %d.".formatted(answer.url().getHost(), status));
    }

    private static String shown(URI url) {
        String text = url.toString();
        return text.length() > 120 ? text.substring(0, 120) + "…" : text;
    }
}
