package io.fabricmirror.core.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabricmirror.Change;
import io.fabricmirror.Consent;
import io.fabricmirror.MirrorException;
import io.fabricmirror.Outcome;
import io.fabricmirror.OutcomeUnknownException;
import io.fabricmirror.PreviewStep;
import io.fabricmirror.PreviewWord;
import io.fabricmirror.Problem;
import io.fabricmirror.RunOptions;
import io.fabricmirror.StepKey;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Lets a step of each word end in every way a step can, and holds the published table to what was seen. */
@Tag("G61")
class PreviewWordTest {
    private static final StepKey KEY = new StepKey("only");
    private static final Problem MENDABLE =
            Problem.of("AuthorizationFailed", "refused").remedy("ask");
    private static final Problem LOST = Problem.of("BROKEN", "broken");

    /** How the world is, and how it takes a change. */
    private enum World {
        TRUE,
        CHANGES,
        REFUSES,
        BREAKS,
        LOSES_THE_ANSWER,
        GOES_ON_WORKING,
        STANDS_IN_THE_WAY,
        STANDS_IN_THE_WAY_FOR_EVER
    }

    @Test
    void possibleOutcomes_ofEveryWord_areExactlyThoseThatARunEndsWith() {
        Map<PreviewWord, Set<Outcome>> seen = new HashMap<>();
        for (World world : World.values()) {
            for (boolean consentNeeded : new boolean[] {false, true}) {
                note(seen, new Scripted(world, consentNeeded, Eyes.CLEAR));
                note(seen, new Scripted(world, consentNeeded, Eyes.LATER));
                note(seen, new Scripted(world, consentNeeded, Eyes.NONE));
            }
        }

        assertThat(seen).hasSize(6);
        seen.forEach((word, outcomes) ->
                assertThat(word.possibleOutcomes()).as(word.value()).containsExactlyInAnyOrderElementsOf(outcomes));
    }

    private static void note(Map<PreviewWord, Set<Outcome>> seen, Scripted step) {
        SteadyPacer pacer = new SteadyPacer();
        Run preview = Run.preview("p", pacer, () -> false);
        PreviewWord word =
                new StepLoop(preview, List.of(step), () -> false).look().get(0).word();
        step.sight = Eyes.CLEAR;
        for (Set<Consent> given : List.of(EnumSet.noneOf(Consent.class), EnumSet.allOf(Consent.class))) {
            Scripted again = new Scripted(step.world, step.consentNeeded, Eyes.CLEAR);
            Run run = Run.apply(
                    "p", RunOptions.defaults().consent(given.toArray(Consent[]::new)), pacer, List.of(), () -> false);
            again.run = run;
            Outcome outcome = new StepLoop(run, List.of(again), () -> false)
                    .perform()
                    .get(0)
                    .outcome();
            seen.computeIfAbsent(word, w -> new HashSet<>()).add(outcome);
        }
    }

    private enum Eyes {
        CLEAR,
        LATER,
        NONE
    }

    private static final class Scripted extends Step<Boolean> {
        private final World world;
        private final boolean consentNeeded;
        private Eyes sight;
        private boolean done;
        private Run run = Run.preview("p", new SteadyPacer(), () -> false);

        Scripted(World world, boolean consentNeeded, Eyes sight) {
            super(KEY);
            this.world = world;
            this.consentNeeded = consentNeeded;
            this.sight = sight;
        }

        @Override
        protected Boolean observe() {
            if (sight == Eyes.LATER) {
                throw new NotKnownYet(StepKey.SERVER);
            } else if (sight == Eyes.NONE) {
                throw new MirrorException(MENDABLE);
            }
            return done;
        }

        @Override
        protected PreviewStep compare(Boolean seen) {
            if (seen || world == World.TRUE) {
                return PreviewStep.satisfied(key(), "");
            } else if (world == World.STANDS_IN_THE_WAY) {
                return PreviewStep.blocked(key(), MENDABLE);
            } else if (world == World.STANDS_IN_THE_WAY_FOR_EVER) {
                return PreviewStep.blocked(key(), LOST);
            }
            return PreviewStep.change(
                    key(),
                    "",
                    List.of(Change.created("it", "made")),
                    consentNeeded ? List.of(Consent.RESTART_SERVER) : List.of());
        }

        @Override
        protected void change(Boolean seen) {
            switch (world) {
                case REFUSES -> throw new MirrorException(MENDABLE);
                case BREAKS -> throw new MirrorException(LOST);
                case LOSES_THE_ANSWER -> throw new OutcomeUnknownException("make it", null);
                default -> {
                    run.changed(Change.created("it", "made"));
                    done = world == World.CHANGES;
                }
            }
        }

        @Override
        protected void await() {
            if (world == World.GOES_ON_WORKING) {
                throw run.stillWorking("working");
            }
        }
    }
}
