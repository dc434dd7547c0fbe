package io.fabricmirror.core.internal.step;

import io.fabricmirror.Change;
import io.fabricmirror.PreviewStep;
import io.fabricmirror.StepKey;
import io.fabricmirror.core.internal.run.Step;
import io.fabricmirror.core.internal.scene.MirrorScene;
import io.fabricmirror.spi.ServerControl.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Takes the database from those enabled for mirroring; the other entries are others' and stay. */
public final class RemoveParameterStep extends Step<Set<String>> {
    private static final String DATABASES = "azure.mirror_databases";

    private final MirrorScene scene;

    /** Prepares the step. */
    public RemoveParameterStep(MirrorScene scene) {
        super(StepKey.PARAMETERS);
        this.scene = scene;
    }

    @Override
    protected Set<String> observe() {
        Set<String> databases = new TreeSet<>();
        scene.ports().server().parameters(scene.server().id()).stream()
                .filter(p -> p.name().equals(DATABASES))
                .map(Parameter::value)
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .forEach(databases::add);
        return databases;
    }

    @Override
    protected PreviewStep compare(Set<String> seen) {
        return seen.contains(scene.plan().database())
                ? PreviewStep.change(key(), "the server's other parameters stay", List.of(removed(seen)), List.of())
                : PreviewStep.satisfied(key(), scene.plan().database() + " is not enabled for mirroring");
    }

    @Override
    protected void change(Set<String> seen) {
        scene.ports().server().changeParameter(scene.server().id(), DATABASES, without(seen));
        scene.run().changed(removed(seen));
    }

    private Change removed(Set<String> seen) {
        return new Change(DATABASES, String.join(",", seen), without(seen).isEmpty() ? "(empty)" : without(seen));
    }

    private String without(Set<String> seen) {
        Set<String> left = new TreeSet<>(seen);
        left.remove(scene.plan().database());
        return String.join(",", left);
    }
}
