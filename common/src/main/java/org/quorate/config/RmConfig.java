package org.quorate.config;

import static java.time.temporal.ChronoUnit.SECONDS;

import java.time.Duration;
import java.util.Optional;

/**
 * The resource manager: the section {@code rm}. What it runs stays as it is written, since the agents installed on
 * a node say how to read that.
 *
 * @param statusPollInterval    how often due status checks are looked for; 10 s
 * @param statusChildMax        status checks at once; 5, but rgmanager sets no limit unless it is written
 * @param transitionThrottling  how long events are gathered after a change; 5 s
 * @param centralProcessing     whether one node decides by event scripts
 * @param disabled              whether rgmanager does not run
 * @param rebootOnPidExhaustion whether a node that can make no process reboots
 * @param element               all of the section, if there is one
 * @param failoverDomains       its {@code failoverdomains}, if there are any
 */
public record RmConfig(Duration statusPollInterval, int statusChildMax, Duration transitionThrottling,
        boolean centralProcessing, boolean disabled, boolean rebootOnPidExhaustion, Optional<Element> element,
        Optional<Element> failoverDomains) {
    static RmConfig of(Section written) {
        Section rm = written.lenient();
        return new RmConfig(
                Duration.ofSeconds(rm.number("status_poll_interval", 10, Range.POSITIVE)),
                rm.number("status_child_max", 5, Range.POSITIVE),
                rm.time("transition_throttling", Duration.ofSeconds(5), SECONDS),
                rm.flag("central_processing", false),
                rm.flag("disabled", false),
                rm.flag("reboot_on_pid_exhaustion", false),
                rm.element(),
                rm.child("failoverdomains").element());
    }
}
