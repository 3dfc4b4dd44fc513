package dev.drover.delivery;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

/**
 * Where a provider listens: {@code https://host}, perhaps with a port. Another one than the provider's usual one is for its regional hosts, and
 * for tests.
 */
public record Endpoint(URI url) {

    /**
     * @param setting its name, for the complaint
     * @throws IllegalArgumentException for what is no such address, and for one that would send our key unencrypted to another machine
     */
    public static Endpoint of(String setting, String value) {
        URI url;
        try {
            url = URI.create(value.strip().replaceFirst("/+$", ""));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("%s is '%s', which is no URL.".formatted(setting, value), e);
        }
        boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
        if (!web || url.getHost() == null || url.getUserInfo() != null || !url.getRawPath().isEmpty() || url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException("%s is '%s': use https://host, perhaps with a port.".formatted(setting, value));
        }
        if (!"https".equals(url.getScheme()) && !onThisMachine(url.getHost())) {
            throw new IllegalArgumentException("%s is '%s': without https only this machine can be spoken to.".formatted(setting, value));
        }
        return new Endpoint(url);
    }

    public boolean encrypted() {
        return "https".equals(url.getScheme());
    }

    /** The host and, where it isn't the usual one, the port. */
    public String authority() {
        return url.getRawAuthority();
    }

    private static boolean onThisMachine(String host) {
        if (!host.equals("localhost") && !host.matches("[0-9.]+|\\[.*]")) {
            return false;
        }
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
