package dev.drover.outgoing;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/** Which addresses are the open internet's: neither this machine's, nor of a network behind it, nor a way round to one of those. */
final class PublicAddresses {

    private record Block(byte[] prefix, int bits) {

        static Block of(String written) {
            String[] parts = written.split("/");
            try {
                return new Block(InetAddress.getByName(parts[0]).getAddress(), Integer.parseInt(parts[1]));
            } catch (UnknownHostException e) {
                throw new IllegalStateException(written, e);
            }
        }

        boolean holds(byte[] address) {
            if (address.length != prefix.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit & 7);
                if ((address[bit >> 3] & mask) != (prefix[bit >> 3] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** IANA's special-purpose blocks, and the address at which Azure tells its machines their secrets, public as it looks. */
    private static final List<Block> NOT_PUBLIC_4 = Stream.of("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
            "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4",
            "240.0.0.0/4", "168.63.129.16/32").map(Block::of).toList();
    /** What is handed out in IPv6; all else there is local, reserved or a translation (mapped, NAT64) of an IPv4 address. */
    private static final Block HANDED_OUT_6 = Block.of("2000::/3");
    /** Within it: tunnels that end at an IPv4 address (Teredo, 6to4), benchmarks, documentation. */
    private static final List<Block> NOT_PUBLIC_6 = Stream.of("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20").map(Block::of).toList();

    private PublicAddresses() {}

    static boolean hold(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean open = address instanceof Inet4Address ? NOT_PUBLIC_4.stream().noneMatch(block -> block.holds(bytes))
                : HANDED_OUT_6.holds(bytes) && NOT_PUBLIC_6.stream().noneMatch(block -> block.holds(bytes));
        return open && !thisMachines(address);
    }

    /** From inside, a firewall doesn't stand between us and our own public address. */
    private static boolean thisMachines(InetAddress address) {
        try {
            return NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return true;
        }
    }
}
