package io.fabricmirror.testkit.internal.place;

/** Addresses of the internet's fourth version, as firewalls compare them. */
public final class Addresses {
    /** The public address of this process, as a firewall sees it; one that is reserved for documentation. */
    public static final String CALLERS = "203.0.113.10";

    private static final String NUMBER = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    private static final String ADDRESS = NUMBER + "(\\." + NUMBER + "){3}";

    private Addresses() {}

    /** Tells whether a text is an address. */
    public static boolean isAddress(String text) {
        return text.matches(ADDRESS);
    }

    /** Tells whether a text is an address or a range such as 198.51.100.0/24. */
    public static boolean isRange(String text) {
        return text.matches(ADDRESS + "(/(3[0-2]|[12]?\\d))?");
    }

    /** Tells whether an address lies between two others, both included. */
    public static boolean between(String first, String last, String address) {
        return number(first) <= number(address) && number(address) <= number(last);
    }

    /** Tells whether an address lies in a range. */
    public static boolean contains(String range, String address) {
        int slash = range.indexOf('/');
        int bits = slash < 0 ? 32 : Integer.parseInt(range.substring(slash + 1));
        String first = slash < 0 ? range : range.substring(0, slash);
        return number(first) >> (32 - bits) == number(address) >> (32 - bits);
    }

    private static long number(String address) {
        long number = 0;
        for (String part : address.split("\\.", -1)) {
            number = number * 256 + Integer.parseInt(part);
        }
        return number;
    }
}
