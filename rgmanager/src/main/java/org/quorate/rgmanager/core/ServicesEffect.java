package org.quorate.rgmanager.core;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.quorate.api.rgmanager.RgReply;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.rgmanager.core.agreement.GroupMessage;
import org.quorate.rgmanager.core.agreement.Versioned;
import org.quorate.rgmanager.core.tree.Step.RunAgent;
import org.quorate.rgmanager.core.trigger.EventTrigger;
import org.quorate.time.Moment;

/** What the resource manager wants done: by the shell, each once, in the order given. */
public sealed interface ServicesEffect {
    /** The effect as one line; empty if it is not worth one. */
    String line();

    /** The manager is to take part in the group of all managers. */
    record JoinGroup(String why) implements ServicesEffect {
        @Override
        public String line() {
            return "joining the resource managers: " + why;
        }
    }

    /** The manager is not to take part any more. */
    record LeaveGroup(String why) implements ServicesEffect {
        @Override
        public String line() {
            return "leaving the resource managers: " + why;
        }
    }

    /** The group is to be told. */
    record Tell(long epoch, GroupMessage message) implements ServicesEffect {
        @Override
        public String line() {
            return "";
        }
    }

    /** The lock of a service is to be asked for; {@link ServicesEvent.LockGranted} comes when it is there. */
    record TakeLock(ServiceName service, long number) implements ServicesEffect {
        @Override
        public String line() {
            return "lock of " + service + " asked for";
        }
    }

    /** The lock of a service is not wanted any more, granted or not. */
    record DropLock(ServiceName service, String why) implements ServicesEffect {
        @Override
        public String line() {
            return "lock of " + service + " given up: " + why;
        }
    }

    /**
     * The second lock of a guest is to be taken, shared and without waiting: the guest may be sent here.
     * {@link ServicesEvent.ArrivalAnswered} comes with the answer.
     */
    record TakeArrival(ServiceName service, long number) implements ServicesEffect {
        @Override
        public String line() {
            return "making ready for " + service;
        }
    }

    /** The second lock of a guest is not wanted any more, granted or not. */
    record DropArrival(ServiceName service, String why) implements ServicesEffect {
        @Override
        public String line() {
            return service + " is not expected any more: " + why;
        }
    }

    /**
     * It is to be found out, without waiting, whether any node holds the second lock of a guest.
     * {@link ServicesEvent.ArrivalAnswered} comes with the answer: granted if none does.
     */
    record TryArrival(ServiceName service, long number) implements ServicesEffect {
        @Override
        public String line() {
            return "looking whether " + service + " may have been sent to a member";
        }
    }

    /** An agent is to be run; {@link ServicesEvent.AgentEnded} comes when it ended. */
    record RunTheAgent(ServiceName service, RunAgent agent) implements ServicesEffect {
        @Override
        public String line() {
            return service + ": " + agent.line();
        }
    }

    /**
     * An event script is to be run; its calls come as {@link ServicesEvent.ScriptSaid}, each of which waits for its
     * {@link TellScript}, and its end as {@link ServicesEvent.ScriptEnded}.
     *
     * @param number    of this run
     * @param name      of the event in cluster.conf
     * @param variables its environment
     */
    record RunScript(long number, String name, EventTrigger.Script script, SortedMap<String, String> variables)
            implements ServicesEffect {
        @Override
        public String line() {
            return "event script " + name + " runs";
        }
    }

    /** An event script is to get the answer to its call. */
    record TellScript(long number, String answer) implements ServicesEffect {
        @Override
        public String line() {
            return "";
        }
    }

    /** An event script is to be ended with all that it started, at once. */
    record EndScript(long number, String name, String why) implements ServicesEffect {
        @Override
        public String line() {
            return "event script " + name + " is ended: " + why;
        }
    }

    /**
     * What runs here is to be written down before anything else is done.
     *
     * @param running       the records of it
     * @param configuration version of the configuration that it runs by, and has to be stopped by
     * @param kept          versions of the configurations that others run by: what is frozen, or left of a stop
     */
    record Remember(List<Versioned> running, int configuration, SortedMap<ServiceName, Integer> kept)
            implements ServicesEffect {
        public Remember {
            running = List.copyOf(running);
            kept = Collections.unmodifiableSortedMap(new TreeMap<>(kept));
        }

        @Override
        public String line() {
            return "";
        }
    }

    /** A client is to be answered. */
    record Answer(long client, RgReply reply) implements ServicesEffect {
        @Override
        public String line() {
            return "";
        }
    }

    /** Subscribers are to be told what was written of a service. */
    record Publish(ServiceRecord record) implements ServicesEffect {
        @Override
        public String line() {
            return "";
        }
    }

    /** An event is to be fed in later. */
    record WakeAt(Moment when, ServicesEvent event) implements ServicesEffect {
        @Override
        public String line() {
            return "";
        }
    }

    /** A decision is to be logged. */
    record Say(Weight weight, String line) implements ServicesEffect {
        /** How much it matters. */
        public enum Weight {
            /** Why something was decided. */
            DETAIL,
            /** Something happened in the cluster. */
            EVENT,
            /** Something failed and we go on. */
            WARNING,
            /** Somebody has to look after it. */
            HARM
        }
    }

    /** All that is known here is to be written down for those who look for a fault. */
    record WriteDump(String text) implements ServicesEffect {
        @Override
        public String line() {
            return "";
        }
    }

    /** The node is to be started anew, at once: what runs on it cannot be stopped otherwise. */
    record Reboot(String why) implements ServicesEffect {
        @Override
        public String line() {
            return "rebooting this node: " + why;
        }
    }

    /** This daemon is done; not in order if the cluster went away under it. */
    record End(boolean inOrder, String why) implements ServicesEffect {
        @Override
        public String line() {
            return why;
        }
    }
}
