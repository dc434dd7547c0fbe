package io.fabricmirror.testkit.internal.proxy;

import io.fabricmirror.testkit.internal.postgres.Certificates;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** The running proxy: a process that ends with this JVM, however that ends. */
public final class ProxyProcess implements AutoCloseable {
    private static final long STOP_SECONDS = 10;

    private final Process process;
    private final int port;

    private ProxyProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts a proxy before the HTTP server of a local Azure. */
    public static ProxyProcess start(int azurePort, Certificates certificates) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                codeSource(),
                ProxyMain.class.getName(),
                Integer.toString(azurePort),
                certificates.certificate().toString(),
                certificates.key().toString(),
                certificates.authority().toString()));
        command.addAll(Certificates.HOSTS);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String port = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            if (port == null) {
                process.destroyForcibly();
                throw new IllegalStateException("The proxy for foreign tools did not start");
            }
            return new ProxyProcess(process, Integer.parseInt(port));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start the proxy for foreign tools", e);
        }
    }

    private static String codeSource() {
        try {
            return new File(Objects.requireNonNull(
                                    ProxyMain.class.getProtectionDomain().getCodeSource())
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("Cannot find the test kit's own classes", e);
        }
    }

    /** Returns the port on 127.0.0.1. */
    public int port() {
        return port;
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
