/**
 * Owns requests to web addresses that people typed in: links of a template, webhooks of a journey. Public addresses only, looked up and checked
 * before each connection, which goes to the address that was checked; with limits of time and size, and no redirect that leads elsewhere.
 * Providers, whose addresses the operator sets, have their own ways. Uses the kernel only; every floor above may ask through it.
 */
@ApplicationModule(displayName = "Outgoing requests", allowedDependencies = "kernel")
@NullMarked
package dev.drover.outgoing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
