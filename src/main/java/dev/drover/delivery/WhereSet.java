package dev.drover.delivery;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** A configuration for where a setting has a value. An empty one, as container tools like to hand on, is none. */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Conditional(WhereSet.Present.class)
public @interface WhereSet {

    /** The setting, as a property. */
    String value();

    /** Asked by Spring. */
    class Present implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            var setting = metadata.getAnnotations().get(WhereSet.class).getString("value");
            return !context.getEnvironment().getProperty(setting, "").isBlank();
        }
    }
}
