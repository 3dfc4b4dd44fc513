package dev.drover.engine;

/** Says which jobs nobody is to do now. Asked before each; declare a bean. */
public interface JobGate {

    /** @return {@code true}: the gate has seen to it that the job comes again, with all its retries, once it may be done */
    boolean keepsBack(String type, JobWorker.Job job);
}
