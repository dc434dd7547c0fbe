package io.fabricmirror.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CallsTest {
    @ParameterizedTest
    @MethodSource("io.fabricmirror.fabric.Calls#all")
    void call_goodAnswer_isRead(Calls.Call call) {
        Wire wire = new Wire();
        call.answers().forEach(answer -> wire.answer(200, answer));

        assertThat(call.run().apply(wire.client())).isNotNull();
        assertThat(wire.sent).hasSameSizeAs(call.answers());
    }

    /** So that what is proved for all calls is proved for those added later. */
    @Test
    void calls_areAllThereAre() {
        Set<String> exist = new TreeSet<>();
        for (Method group : FabricClient.class.getDeclaredMethods()) {
            Class<?> type = group.getReturnType();
            boolean isGroup = group.getParameterCount() == 0
                    && type.getPackage() == FabricClient.class.getPackage()
                    && Modifier.isPublic(group.getModifiers())
                    && !Modifier.isStatic(group.getModifiers());
            if (isGroup) {
                Arrays.stream(type.getDeclaredMethods())
                        .filter(method -> Modifier.isPublic(method.getModifiers()))
                        .forEach(method -> exist.add(group.getName() + "." + method.getName()));
            }
        }

        Set<String> listed = Calls.all().stream()
                .map(call -> call.name().replaceFirst(" .*", ""))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(listed).isEqualTo(exist).hasSizeGreaterThan(60);
    }
}
