package io.fabricmirror.fabric;

import static io.fabricmirror.fabric.Samples.MIRROR;
import static io.fabricmirror.fabric.Samples.WORKSPACE;
import static io.fabricmirror.fabric.Samples.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PagingTest {
    private static final String LAST = json("{'value':[],'continuationToken':null,'continuationUri':null}");

    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private final Wire wire = new Wire();
    private final FabricClient fabric = wire.client();

    @Test
    void token_encodedAlready_isNotEncodedTwice() {
        wire.answer(200, page("'continuationToken':'LDEsMTAwMDAwLDA%3D'")).answer(200, LAST);

        assertThat(fabric.workspaces().list()).hasSize(1);
        assertThat(wire.lines()).last().isEqualTo("GET /v1/workspaces?continuationToken=LDEsMTAwMDAwLDA%3D");
    }

    @Test
    void token_raw_isEncoded() {
        wire.answer(200, page("'continuationToken':'a+b/c=&100% d'")).answer(200, LAST);

        fabric.workspaces().list();

        assertThat(wire.lines()).last().isEqualTo("GET /v1/workspaces?continuationToken=a%2Bb%2Fc%3D%26100%25%20d");
    }

    @Test
    void token_inUriOnly_isTakenAndTheUriIsNot() {
        wire.answer(200, page("'continuationUri':'https://evil.example/v1/connections?x=1&continuationToken=abc%3D'"))
                .answer(200, LAST);

        fabric.workspaces().list();

        assertThat(wire.sent).last().satisfies(sent -> {
            assertThat(sent.host()).isEqualTo("api.fabric.microsoft.com");
            assertThat(sent.pathAndQuery()).isEqualTo("/v1/workspaces?continuationToken=abc%3D");
        });
    }

    @Test
    void uri_withoutToken_isAnErrorAndNotTheEnd() {
        wire.answer(200, page("'continuationUri':'https://api.fabric.microsoft.com/v1/workspaces?page=2'"));

        assertThatThrownBy(() -> fabric.workspaces().list())
                .hasMessageContaining("there are more pages, but no token for them");
    }

    @Test
    void page_emptyWithToken_isNotTheEnd() {
        wire.answer(200, json("{'value':[],'continuationToken':'t1'}")).answer(200, page("'continuationToken':''"));

        assertThat(fabric.workspaces().list()).hasSize(1);
    }

    @Test
    void token_repeated_isAnError() {
        wire.answer(200, page("'continuationToken':'t1'"))
                .answer(200, page("'continuationToken':'t2'"))
                .answer(200, page("'continuationToken':'t1'"));

        assertThatThrownBy(() -> fabric.workspaces().list()).hasMessageContaining("the pages do not end");
    }

    @Test
    void query_ofTheFirstPage_isKept() {
        wire.answer(200, json("{'value':[],'continuationToken':'t1'}")).answer(200, LAST);

        fabric.items().list(WORKSPACE, ItemType.MIRRORED_DATABASE);

        assertThat(wire.lines())
                .last()
                .isEqualTo("GET /v1/workspaces/" + WORKSPACE + "/items?type=MirroredDatabase&continuationToken=t1");
    }

    @Test
    void tables_arePostedForAndFoundInData() {
        wire.answer(200, json("{'data':[{'status':'Replicating','sourceTableName':'a'}],'continuationToken':'t1'}"));
        wire.answer(200, json("{'data':[{'status':'Failed','sourceTableName':'b'}],'continuationToken':null}"));

        assertThat(fabric.mirroredDatabases().tablesStatus(WORKSPACE, MIRROR))
                .extracting(TableMirroringStatus::tableName)
                .containsExactly("a", "b");
        assertThat(wire.lines())
                .containsExactly(
                        "POST /v1/workspaces/" + WORKSPACE + "/mirroredDatabases/" + MIRROR
                                + "/getTablesMirroringStatus",
                        "POST /v1/workspaces/" + WORKSPACE + "/mirroredDatabases/" + MIRROR
                                + "/getTablesMirroringStatus?continuationToken=t1");
    }

    @Test
    void list_withoutArray_isAnErrorAndNotEmpty() {
        wire.answer(200, json("{'data':[]}"));

        assertThatThrownBy(() -> fabric.workspaces().list())
                .hasMessageContaining("Cannot read answer: no list \"value\"");
    }

    /** Time of the processor, which does not depend on what else the machine does. Ten times as long is linear, a hundred is not. */
    @Test
    @Timeout(60)
    void tables_tenThousand_areReadInLinearTime() {
        long inPages = leastTime(100, 100);
        long tenThousand = leastTime(1, 10_000);
        long thousand = leastTime(1, 1_000);

        assertThat(tenThousand).as("against %d ns", thousand).isLessThan(40 * thousand);
        assertThat(inPages).as("in pages, against %d ns", thousand).isLessThan(40 * thousand);
    }

    private long leastTime(int pages, int tables) {
        String all = tables(tables);
        String page = all.substring(0, all.length() - 1);
        long least = Long.MAX_VALUE;
        for (int run = 0; run < 8; run++) {
            wire.reset();
            for (int number = 1; number < pages; number++) {
                wire.answer(200, page + ",\"continuationToken\":\"t" + number + "\"}");
            }
            wire.answer(200, all);
            FabricClient unhurried =
                    wire.builder().requestsPerMinute(Integer.MAX_VALUE).build();
            long before = CPU.getCurrentThreadCpuTime();
            assertThat(unhurried.mirroredDatabases().tablesStatus(WORKSPACE, MIRROR))
                    .hasSize(pages * tables);
            least = Math.min(least, CPU.getCurrentThreadCpuTime() - before);
        }
        return least;
    }

    private static String tables(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> json("{'sourceObjectType':'Table','sourceSchemaName':'public','sourceTableName':'t" + i
                        + "','status':'Replicating','metrics':{'processedBytes':1,'processedRows':" + i
                        + ",'lastSyncDateTime':'2024-10-08T05:07:11.0663362Z'}}"))
                .collect(Collectors.joining(",", "{\"data\":[", "]}"));
    }

    private static String page(String more) {
        return json("{'value':[{'id':'" + WORKSPACE + "','displayName':'a'}]," + more + "}");
    }
}
