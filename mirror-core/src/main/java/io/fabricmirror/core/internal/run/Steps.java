package io.fabricmirror.core.internal.run;

import io.fabricmirror.Permission;
import io.fabricmirror.PreviewStep;
import io.fabricmirror.TableFinding;
import io.fabricmirror.TableProgress;
import java.util.List;
import java.util.Map;

/** The steps of one plan for one run, with what they share. Not thread-safe. */
public interface Steps extends AutoCloseable {
    /** Returns the steps in the order in which they are made true. */
    List<Step<?>> inOrder();

    /** Returns from where to where the plan goes, on one line. */
    String subject();

    /**
     * Makes sure, before something is changed, that no other run is at work on the same thing.
     *
     * @return whether this run had lost its turn meanwhile, so that what it saw may have changed
     */
    boolean retakeLostTurn();

    /** Returns what is to be said of each table; empty if there are none or they could not be read. */
    List<TableFinding> tableFindings();

    /** Returns how far the tables have come; empty if there are none or the run did not get there. */
    List<TableProgress> tableProgress();

    /** Returns the ids of what was made or found, by the keys of {@link io.fabricmirror.RunFacts}. */
    default Map<String, String> made() {
        return Map.of();
    }

    /** Returns what the caller must be allowed to do. */
    default List<Permission> permissions() {
        return List.of();
    }

    /** Returns the SQL that changing what was last looked at would send; empty text if none. */
    default String sql(List<PreviewStep> looks) {
        return "";
    }

    /** Ends what the steps share, such as database sessions. Never throws. */
    @Override
    void close();
}
