package org.quorate.benchmarks;

/** A cluster.conf that is as large as it is right: nodes with fencing, failover domains, and services of some depth. */
final class LargeConfiguration {
    private static final int DOMAINS = 50;

    private LargeConfiguration() {}

    /**
     * The file.
     *
     * @param nodes    1..128
     * @param services each with an address, a file system, a script and 17 private file systems, about 2 KB
     */
    static String of(int nodes, int services) {
        var text = new StringBuilder("""
                <?xml version="1.0"?>
                <cluster name="large" config_version="7">
                  <cman/>
                  <clusternodes>
                """);
        for (int node = 1; node <= nodes; node++) {
            text.append("""
                        <clusternode name="node%d.cluster.example.com" nodeid="%d" votes="1">
                          <fence><method name="power"><device name="chassis" blade="%d"/></method></fence>
                        </clusternode>
                    """.formatted(node, node, node));
        }
        text.append("""
                  </clusternodes>
                  <fencedevices>
                    <fencedevice name="chassis" agent="fence_bladecenter" ipaddr="192.0.2.1" login="u" passwd="p"/>
                  </fencedevices>
                  <rm>
                    <failoverdomains>
                """);
        for (int domain = 0; domain < DOMAINS; domain++) {
            text.append("      <failoverdomain name=\"domain").append(domain).append("\" ordered=\"1\">\n");
            for (int node = domain % nodes + 1, last = Math.min(node + 3, nodes); node <= last; node++) {
                text.append("        <failoverdomainnode name=\"node").append(node)
                        .append(".cluster.example.com\" priority=\"").append(node % 100 + 1).append("\"/>\n");
            }
            text.append("      </failoverdomain>\n");
        }
        text.append("    </failoverdomains>\n");
        for (int service = 0; service < services; service++) {
            service(text, service);
        }
        return text.append("  </rm>\n</cluster>\n").toString();
    }

    private static void service(StringBuilder text, int number) {
        text.append("""
                    <service name="service%d" domain="domain%d" autostart="1" recovery="relocate">
                      <ip address="10.%d.%d.%d" monitor_link="1"/>
                      <fs name="data%d" device="/dev/mapper/vg%d-data" mountpoint="/srv/service%d" fstype="ext3">
                        <script name="script%d" file="/etc/init.d/service%d"/>
                      </fs>
                """.formatted(number, number % DOMAINS, number >> 16 & 255, number >> 8 & 255, number & 255, number,
                number, number, number, number));
        for (int part = 0; part < 17; part++) {
            text.append("      <fs name=\"part").append(number).append('-').append(part)
                    .append("\" device=\"/dev/mapper/vg").append(number).append("-part").append(part)
                    .append("\" mountpoint=\"/srv/service").append(number).append('/').append(part)
                    .append("\" fstype=\"ext3\"/>\n");
        }
        text.append("    </service>\n");
    }
}
