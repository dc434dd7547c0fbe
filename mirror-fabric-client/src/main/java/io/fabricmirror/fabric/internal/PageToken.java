package io.fabricmirror.fabric.internal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where the next page of a list begins. */
final class PageToken {
    private static final Pattern IN_URI = Pattern.compile("[?&]continuationToken=([^&#]+)");

    private PageToken() {}

    /** The token of the next page, ready for a URL; null after the last page. */
    static @Nullable String next(Fields page) {
        String token = page.textOrNull("continuationToken");
        if (token != null) {
            return encoded(token);
        }

        String uri = page.textOrNull("continuationUri");
        if (uri == null) {
            return null;
        }
        // Only its token is used: the host may be another one, and for some lists even the path is wrong.
        Matcher matcher = IN_URI.matcher(uri);
        if (matcher.find()) {
            return encoded(matcher.group(1));
        }
        throw new Unreadable("Cannot read answer: there are more pages, but no token for them");
    }

    // Fabric hands out tokens that are percent-encoded already; encoding them twice loses the place.
    private static String encoded(String token) {
        for (int i = 0; i < token.length(); i++) {
            char c = token.charAt(i);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || "-._~*%".indexOf(c) >= 0);
            boolean escape = i + 2 < token.length() && isHex(token.charAt(i + 1)) && isHex(token.charAt(i + 2));
            if (!plain || (c == '%' && !escape)) {
                return FabricRequest.encode(token);
            }
        }
        return token;
    }

    private static boolean isHex(char c) {
        return Character.digit(c, 16) >= 0;
    }
}
