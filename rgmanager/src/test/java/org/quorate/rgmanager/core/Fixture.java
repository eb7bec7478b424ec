package org.quorate.rgmanager.core;

import org.quorate.rgmanager.core.request.ServiceConfiguration;
import org.quorate.rgmanager.core.tree.ResourceRules;
import org.quorate.rgmanager.core.tree.Xml;

/** A small set of agents, and configurations that use them. */
public final class Fixture {
    private static final String SERVICE = """
            <resource-agent name="service"><parameters>
              <parameter name="name" primary="1" unique="1" required="1"/>
              <parameter name="domain"/><parameter name="autostart"><content default="1"/></parameter>
              <parameter name="exclusive"><content default="0"/></parameter>
              <parameter name="recovery"><content default="restart"/></parameter>
              <parameter name="depend"/><parameter name="depend_mode"><content default="hard"/></parameter>
              <parameter name="priority"><content default="0"/></parameter>
              <parameter name="max_restarts"><content default="0"/></parameter>
              <parameter name="restart_expire_time"><content default="0"/></parameter></parameters>
              <actions><action name="start" timeout="5"/><action name="stop" timeout="5"/></actions>
              <special tag="rgmanager"><attributes maxinstances="1"/>
                <child type="ip" start="7" stop="2"/><child type="script" start="9" stop="1"/></special>
            </resource-agent>""";
    private static final String IP = """
            <resource-agent name="ip"><parameters>
              <parameter name="address" primary="1" unique="1"/></parameters>
              <actions><action name="start" timeout="20"/><action name="stop" timeout="20"/>
                <action name="status" timeout="20" interval="5"/></actions></resource-agent>""";
    private static final String SCRIPT = """
            <resource-agent name="script"><parameters>
              <parameter name="name" primary="1" unique="1"/></parameters>
              <actions><action name="start" timeout="0"/><action name="stop" timeout="0"/>
                <action name="status" timeout="0" interval="5"/></actions></resource-agent>""";
    private static final String VM = """
            <resource-agent name="vm"><parameters>
              <parameter name="name" primary="1"/><parameter name="domain"/></parameters>
              <actions><action name="start" timeout="300"/><action name="stop" timeout="120"/>
                <action name="status" timeout="10" interval="5"/><action name="migrate" timeout="60"/></actions>
              <special tag="rgmanager"><attributes maxinstances="1"/></special></resource-agent>""";

    private Fixture() {}

    public static ResourceRules rules() {
        var reader = new ResourceRules.Reader();
        reader.add("service.sh", Xml.parse(SERVICE));
        reader.add("ip.sh", Xml.parse(IP));
        reader.add("script.sh", Xml.parse(SCRIPT));
        reader.add("vm.sh", Xml.parse(VM));
        return reader.rules();
    }

    /** A configuration with nodes n1 to nN and this text below {@code rm}. */
    public static ServiceConfiguration configuration(int nodes, String rm) {
        return configuration(1, nodes, rm);
    }

    /** The same, of any version. */
    public static ServiceConfiguration configuration(int version, int nodes, String rm) {
        return configuration(version, nodes, "", rm);
    }

    /** The same, with attributes of {@code rm}. */
    public static ServiceConfiguration configuration(int version, int nodes, String attributes, String rm) {
        var text = new StringBuilder("<cluster name=\"test\" config_version=\"" + version + "\"><clusternodes>");
        for (int id = 1; id <= nodes; id++) {
            text.append("<clusternode name=\"n").append(id).append("\" nodeid=\"").append(id).append("\"/>");
        }
        text.append("</clusternodes><rm ").append(attributes).append(">").append(rm).append("</rm></cluster>");
        return ServiceConfiguration.read(Xml.parse(text.toString()), rules());
    }
}
