package org.quorate.api.rgmanager;

import java.util.List;

/** What rgmanager answers. */
public sealed interface RgReply {
    /**
     * What is known of all services.
     *
     * @param ready    whether anything is known: the cluster is quorate and the members have told each other
     * @param services in the order of their names
     */
    record Services(boolean ready, List<ServiceRecord> services) implements RgReply {
        public Services {
            services = services == null ? List.of() : List.copyOf(services);
        }
    }

    /**
     * The members whose managers take part.
     *
     * @param nodes  node ids in ascending order
     * @param master the one that decides under central processing, 0 otherwise
     */
    record Managers(List<Integer> nodes, int master) implements RgReply {
        public Managers {
            nodes = nodes == null ? List.of() : List.copyOf(nodes);
        }
    }

    /** Whether starts are locked. */
    record Locked(boolean locked) implements RgReply {}

    /** Why a service is where it is. */
    record Explained(Explanation explanation) implements RgReply {}

    /**
     * What another cluster.conf would do.
     *
     * @param services all services of both, in the order of the present one, then those that are new
     * @param remarks  what is odd about the other one, a line each
     */
    record Effect(List<ServiceChange> services, List<String> remarks) implements RgReply {
        public Effect {
            services = services == null ? List.of() : List.copyOf(services);
            remarks = remarks == null ? List.of() : List.copyOf(remarks);
        }
    }

    /**
     * The end of {@link RgRequest.Act}.
     *
     * @param result what came out
     * @param owner  node id of who runs the service now, 0 for nobody
     * @param why    why so, one line; may be empty
     */
    record Ended(ServiceResult result, int owner, String why) implements RgReply {
        public Ended {
            result = result == null ? ServiceResult.FAILURE : result;
            why = why == null ? "" : why;
        }
    }
}
