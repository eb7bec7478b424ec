package org.quorate.rgmanager.core.request;

import java.util.Optional;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.rgmanager.core.tree.LeadingNumber;
import org.quorate.rgmanager.core.tree.TreeNode;

/**
 * What cluster.conf says of a service as a whole.
 *
 * @param domain     name of its failover domain, if any
 * @param autostart  whether it is started by itself
 * @param exclusive  whether it runs on a member alone
 * @param recovery   {@code restart}, {@code relocate}, {@code disable} or {@code restart-disable}
 * @param depend     the service without which it does not run, if any
 * @param dependsSoftly whether it is only kept from starting, but not stopped, without that service
 * @param migratable whether it can be moved while it runs
 */
public record ServicePolicy(Optional<String> domain, boolean autostart, boolean exclusive, String recovery,
        Optional<ServiceName> depend, boolean dependsSoftly, boolean migratable) {
    /** A service of which nothing is said. */
    public static final ServicePolicy PLAIN =
            new ServicePolicy(Optional.empty(), true, false, "restart", Optional.empty(), false, false);

    /** What the root of its tree says. Inherited values do not count. */
    public static ServicePolicy of(TreeNode root) {
        var service = root.resource();
        boolean migrates = root.children().isEmpty() && service.action("migrate", 0).isPresent();
        return new ServicePolicy(
                service.property("domain"),
                service.property("autostart").map(ServicePolicy::on).orElse(true),
                service.property("exclusive").map(LeadingNumber::isPositiveOrYes).orElse(false),
                service.property("recovery").orElse("restart"),
                service.property("depend").map(ServiceName::parse),
                service.property("depend_mode").filter("soft"::equalsIgnoreCase).isPresent(),
                migrates);
    }

    private static boolean on(String autostart) {
        boolean zero = !autostart.isEmpty() && Character.isDigit(autostart.charAt(0))
                && LeadingNumber.of(autostart) == 0;
        return !autostart.equalsIgnoreCase("no") && !zero;
    }
}
