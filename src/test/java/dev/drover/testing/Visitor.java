package dev.drover.testing;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** Somebody who follows a link of a mail: without log-in, without cookies, not led on by a redirect. */
public final class Visitor {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private Visitor() {}

    public static HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(URI.create(url)).header("User-Agent", "Visitor/1.0").build(), BodyHandlers.ofString());
    }

    public static HttpResponse<String> send(String method, String url) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(URI.create(url)).method(method, BodyPublishers.noBody()).build(), BodyHandlers.ofString());
    }

    /** @param fields name, value, name, value … of a form */
    public static HttpResponse<String> post(String url, String... fields) throws IOException, InterruptedException {
        var body = new StringBuilder();
        for (int n = 0; n < fields.length; n += 2) {
            body.append(n == 0 ? "" : "&").append(URLEncoder.encode(fields[n], StandardCharsets.UTF_8)).append('=').append(URLEncoder.encode(fields[n + 1], StandardCharsets.UTF_8));
        }
        return HTTP.send(HttpRequest.newBuilder(URI.create(url)).header("User-Agent", "Visitor/1.0").header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body.toString())).build(), BodyHandlers.ofString());
    }
}
