package io.fabricmirror.testkit;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.platform.commons.support.AnnotationSupport;

/** What stands behind {@link WithLocalAzure}; register it by that annotation. */
public final class LocalAzureExtension implements ParameterResolver, AfterEachCallback, TestExecutionExceptionHandler {
    private static final Namespace NAMESPACE = Namespace.create(LocalAzureExtension.class);
    private static final int CALLS_SHOWN = 20;

    /** Called by JUnit. */
    public LocalAzureExtension() {
        super();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LocalAzure.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(NAMESPACE).computeIfAbsent(LocalAzure.class, none -> start(context), LocalAzure.class);
    }

    private static LocalAzure start(ExtensionContext context) {
        LocalAzure.Builder builder = LocalAzure.builder();
        annotation(context)
                .map(WithLocalAzure::postgresVersion)
                .filter(version -> version > 0)
                .ifPresent(builder::postgresVersion);
        return builder.start();
    }

    private static Optional<WithLocalAzure> annotation(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getElement(), WithLocalAzure.class)
                .or(() -> AnnotationSupport.findAnnotation(context.getTestClass(), WithLocalAzure.class));
    }

    private static Optional<LocalAzure> started(ExtensionContext context) {
        return Optional.ofNullable(context.getStore(NAMESPACE).get(LocalAzure.class, LocalAzure.class));
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        started(context).ifPresent(azure -> failure.addSuppressed(new LastCalls(azure.calls())));
        throw failure;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Optional<LocalAzure> azure = started(context);
        azure.ifPresent(LocalAzure::close);
        List<String> unfired = azure.map(started -> started.faults().unfired()).orElse(List.of());
        if (context.getExecutionException().isEmpty() && !unfired.isEmpty()) {
            throw new AssertionError("Faults that never happened prove nothing: " + String.join("; ", unfired));
        }
    }

    /** What the local Azure saw last; hangs below the failure of a test. */
    private static final class LastCalls extends Exception {
        private static final long serialVersionUID = 1L;

        LastCalls(List<RecordedCall> calls) {
            super(text(calls), null, false, false);
        }

        private static String text(List<RecordedCall> calls) {
            int from = Math.max(0, calls.size() - CALLS_SHOWN);
            return calls.subList(from, calls.size()).stream()
                    .map(call -> call.status() + " " + call.method() + " " + call.host() + call.path() + " ("
                            + call.call().name() + ")")
                    .collect(Collectors.joining(
                            "\n  ", "The last of " + calls.size() + " calls the local Azure saw:\n  ", ""));
        }
    }
}
