package dev.drover.engine.child;

import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Prepares the engine before it starts: its clock begins with the platform's offset (set later, a journey that moves in the first second
 * would live in the wrong time), and it ends when the application that started it is gone.
 */
public class ChildOfDrover implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final String CLOCK = "ActorClockConfiguration";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        // Ctrl-C in a terminal reaches the application too; it tells us when to end.
        Signal.handle(new Signal("INT"), SignalHandler.SIG_IGN);
        Long parent = Long.getLong("drover.parent");
        if (parent != null) {
            endWith(parent);
        }
        Duration offset = Duration.ofMillis(Long.getLong("drover.clock.offset", 0));
        if (!offset.isZero()) {
            context.getBeanFactory().addBeanPostProcessor(new ClockAhead(offset));
        }
    }

    private static void endWith(long parent) {
        ProcessHandle.of(parent).ifPresentOrElse(process -> process.onExit().thenRun(ChildOfDrover::end), ChildOfDrover::end);
    }

    /** At once: the engine's own way out waits for clients that are gone, and its log recovers from a sudden end as well as from a slow one. */
    private static void end() {
        Runtime.getRuntime().halt(0);
    }

    /** By reflection: the class moves between the engine's versions, its methods don't. */
    private record ClockAhead(Duration offset) implements BeanPostProcessor {

        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            if (bean.getClass().getSimpleName().equals(CLOCK)) {
                try {
                    Object service = bean.getClass().getMethod("getClockService").invoke(bean);
                    service.getClass().getMethod("addTime", Duration.class).invoke(service, offset);
                    service.getClass().getMethod("update").invoke(service);
                } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
                    throw new IllegalStateException("The engine's clock can't be set", e);
                }
            }
            return bean;
        }
    }
}
