package dev.drover.outgoing;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Looks a name up once and hands out its addresses only if all of them are public. The connection goes to what is handed out here, so that a name
 * can't lead elsewhere between the check and the connection.
 */
final class CheckedLookup implements DnsResolver {

    interface Names {

        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    static final class NotPublic extends UnknownHostException {

        private static final long serialVersionUID = 1L;

        NotPublic(String host) {
            super(host);
        }
    }

    private final OutgoingSettings settings;
    private final Names names;

    CheckedLookup(OutgoingSettings settings, Names names) {
        this.settings = settings;
        this.names = names;
    }

    @Override
    public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
        InetAddress[] found = settings.allows(host, port) ? names.addresses(host) : resolve(host);
        return Arrays.stream(found).map(address -> new InetSocketAddress(address, port)).toList();
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] found = names.addresses(host);
        if (!Arrays.stream(found).allMatch(PublicAddresses::hold)) {
            throw new NotPublic(host);
        }
        return found;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
