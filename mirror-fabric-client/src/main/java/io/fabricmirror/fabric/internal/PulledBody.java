package io.fabricmirror.fabric.internal;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The body of an answer, taken by the calling thread: bounded in size and time, and without a thread in between. */
final class PulledBody implements BodySubscriber<PulledBody> {
    private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>();
    private Flow.@Nullable Subscription subscription;

    /** Some bytes, or the end, which may be bad. */
    private record Part(
            List<ByteBuffer> bytes, boolean last, @Nullable Throwable error) {}

    @Override
    public CompletionStage<PulledBody> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
        parts.add(new Part(bytes, false, null));
    }

    @Override
    public void onError(Throwable thrown) {
        parts.add(new Part(List.of(), true, thrown));
    }

    @Override
    public void onComplete() {
        parts.add(new Part(List.of(), true, null));
    }

    /** Waits for all of it. */
    byte[] take(Supplier<Duration> left, int largest) throws IOException, InterruptedException {
        List<ByteBuffer> all = new ArrayList<>();
        int size = 0;
        try {
            while (true) {
                Part part = parts.poll(Math.max(0, left.get().toMillis()), TimeUnit.MILLISECONDS);
                if (part == null) {
                    throw new HttpTimeoutException("the answer began, but did not end in time");
                }
                if (part.error() != null) {
                    throw part.error() instanceof IOException io ? io : new IOException(part.error());
                }
                if (part.last()) {
                    subscription = null;
                    return joined(all, size);
                }
                for (ByteBuffer buffer : part.bytes()) {
                    if (buffer.remaining() > largest - size) {
                        throw new IOException("the answer is longer than " + largest + " bytes");
                    }
                    size += buffer.remaining();
                    all.add(buffer);
                }
                request();
            }
        } finally {
            cancel();
        }
    }

    private void request() {
        if (subscription != null) {
            subscription.request(1);
        }
    }

    private void cancel() {
        if (subscription != null) {
            subscription.cancel();
        }
    }

    private static byte[] joined(List<ByteBuffer> buffers, int size) {
        ByteBuffer all = ByteBuffer.allocate(size);
        buffers.forEach(all::put);
        return all.array();
    }
}
