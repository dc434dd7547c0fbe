package io.fabricmirror.testkit.internal.fabric;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.testkit.internal.http.Answer;
import io.fabricmirror.testkit.internal.http.Asked;
import io.fabricmirror.testkit.internal.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Cuts lists into pages. The real service's page sizes are not known, so a test sets them; one page unless it does. */
final class Paging {
    private volatile int size = Integer.MAX_VALUE;

    void size(int items) {
        size = items;
    }

    Answer page(Asked asked, String member, List<ObjectNode> items) {
        int from = asked.parameter("continuationToken").map(Paging::position).orElse(0);
        int to = (int) Math.min(items.size(), (long) from + size);
        ObjectNode page = Json.object(member, Json.array(items.subList(Math.min(from, to), to)));
        if (to < items.size()) {
            String token = token(to);
            page.put("continuationToken", token);
            page.put(
                    "continuationUri",
                    "https://" + FabricService.HOST + asked.request().path() + "?continuationToken="
                            + URLEncoder.encode(token, StandardCharsets.UTF_8));
        } else if (member.equals("data")) {
            page.putNull("continuationToken"); // as recorded; the other lists leave it out
            page.putNull("continuationUri");
        }
        return Answer.json(200, page);
    }

    private static String token(int position) {
        return Base64.getEncoder().encodeToString((",1," + position + ",0").getBytes(StandardCharsets.US_ASCII));
    }

    private static int position(String token) {
        try {
            String text = new String(Base64.getDecoder().decode(token), StandardCharsets.US_ASCII);
            return Integer.parseInt(text.split(",", -1)[2]);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw FabricErrors.refuse(400, "InvalidParameter", "The continuation token is not valid");
        }
    }
}
