package io.fabricmirror.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives each JUnit 5 test of a class, or one test, a local Azure of its own: as a parameter of type {@link LocalAzure}.
 * It is closed after the test. A fault that was set and never happened fails the test; a test that fails shows the last
 * calls the local Azure saw.
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(LocalAzureExtension.class)
public @interface WithLocalAzure {
    /**
     * Returns the PostgreSQL major version of the servers.
     *
     * @return the major version; 0 for the usual one, as {@link LocalAzure.Builder#postgresVersion} says
     */
    int postgresVersion() default 0;
}
