package org.quorate.config.schema;

import java.util.List;

/** Services, guests, addresses, scripts and storage: the resource types that the system itself provides. */
final class SystemResources {
    private SystemResources() {}

    static List<ResourceType> all() {
        return List.of(service(), vm(), ip(), script(), fs(), clusterFs(), netFs(), bindMount(), nfsExport(),
                nfsClient(), nfsServer(), lvm(), drbd(), ocf(), systemd());
    }

    private static ResourceType service() {
        return ResourceType.of("service", """
                name | text | - | primary required unique | key; service:NAME is at most 63 bytes
                domain | text | - | live | failover domain
                autostart | truth | 1 | live | start when quorum forms; yes means off
                exclusive | truth | 0 | live | alone on its node; yes or a number above 0
                nfslock | truth | 0 | - | give up and reclaim NFS locks around failover; inherited below
                nfs_client_cache | int | 0 | - | cache the export list (1)
                recovery | word restart relocate disable restart-disable | restart | live | when it fails
                depend | text | - | - | service:NAME (or vm:NAME) that must run
                depend_mode | word hard soft | hard | - | hard: stopped with it, soft: looked at when starting
                max_restarts | int | 0 | - | restarts in place tolerated before relocating (0: no counting)
                restart_expire_time | time | 0 | - | time after which a restart is forgotten
                priority | int | 0 | - | start order; central processing only
                hardrecovery | truth | 0 | live | reboot the node when stop fails (3.0.12 only)
                """).usedOnce().over("lvm 1/9", "fs 2/8", "clusterfs 3/7", "netfs 4/6", "nfsexport 5/5",
                        "nfsclient 6/4", "ip 7/2", "smb 8/3", "script 9/1");
    }

    private static ResourceType vm() {
        return ResourceType.of("vm", """
                name | text | - | primary | key; name of the guest
                domain | text | - | live | failover domain
                autostart | truth | 1 | live | as service
                exclusive | truth | 0 | live | as service
                recovery | word restart relocate disable restart-disable | - | live | as service
                migration_mapping | text | - | live | member:target,... other host names to migrate through
                use_virsh | int | - | - | 1: virsh, 0: xm; empty: detect
                xmlfile | text | - | - | libvirt description of the guest
                migrate | word live pause | live | - | whether the guest runs on while it moves
                migrate_options | text | - | newer | extra options for a live migration
                tunnelled | text | - | newer | send migration data through the libvirt connection
                path | text | - | - | search path of guest files, colon-separated
                snapshot | text | - | - | directory for the saved image
                depend | text | - | - | as service
                depend_mode | word hard soft | hard | - | as service
                max_restarts | int | 0 | live | as service
                restart_expire_time | time | 0 | live | as service
                status_program | text | - | live | extra check inside or beside the guest
                hypervisor | word auto qemu xen | auto | - | kind of hypervisor
                hypervisor_uri | text | auto | - | libvirt connection; auto
                migration_uri | text | auto | - | libvirt migration target; auto
                no_kill | truth | false | newer | do not destroy the guest when shutting it down times out
                hardrecovery | truth | 0 | live | 3.0.12 only
                """).usedOnce();
    }

    private static ResourceType ip() {
        return ResourceType.of("ip", """
                address | address | - | primary unique | key; IPv4 or IPv6, optionally /prefix
                family | text | - | - | inet or inet6; else the address itself tells
                monitor_link | truth | 1 | - | fail when the link is down; only 0 and no switch it off
                nfslock | truth | - | from:service/@nfslock | NFS lock workaround, taken from the service
                sleeptime | text | - | - | seconds to wait after removing the address
                disable_rdisc | truth | - | newer | do not touch routes by router discovery
                prefer_interface | text | - | newer | interface to use when several fit
                """).usedOnce().never("nfsclient", "nfsexport");
    }

    private static ResourceType script() {
        return ResourceType.of("script", """
                name | text | - | primary unique | key
                file | text | - | required unique | init script called with start, stop, status
                service_name | text | - | from:service/@name | filled with the name of the enclosing service
                """);
    }

    private static ResourceType fs() {
        return ResourceType.of("fs", """
                name | text | - | primary | key
                mountpoint | text | - | required unique | directory
                device | text | - | required unique | block device, LABEL= or UUID=
                fstype | text | - | - | file system type
                force_unmount | truth | - | - | kill users of the mount so that unmounting works
                quick_status | truth | - | - | cheap status checks
                self_fence | truth | - | - | reboot this node if stopping fails
                nfslock | truth | - | from:nfslock | NFS lock workaround, taken from the service
                nfsrestart | truth | - | newer | restart NFS daemons when unmounting fails
                fsid | text | - | - | NFS file system id, taken from or given to children
                force_fsck | truth | - | - | check the file system before mounting
                options | text | - | - | mount options
                use_findmnt | truth | - | newer | use findmnt to look for mounts
                """).usedOnce().over("fs 1/3", "clusterfs 1/3", "nfsexport 3/1");
    }

    private static ResourceType clusterFs() {
        return ResourceType.of("clusterfs", """
                name | text | - | primary | key
                mountpoint | text | - | required unique | directory
                device | text | - | required unique | block device, LABEL= or UUID=
                fstype | text | - | - | file system type
                force_unmount | truth | - | - | kill users of the mount so that unmounting works
                self_fence | truth | - | - | reboot this node if stopping fails
                fsid | text | - | - | NFS file system id, taken from or given to children
                nfslock | truth | - | from:service/@nfslock | NFS lock workaround, taken from the service
                nfsrestart | truth | - | newer | restart NFS daemons when unmounting fails
                options | text | - | - | mount options
                use_findmnt | truth | - | newer | use findmnt to look for mounts
                """).over("fs 1/3", "clusterfs 1/3", "nfsexport 3/1");
    }

    private static ResourceType netFs() {
        return ResourceType.of("netfs", """
                name | text | - | primary | key
                mountpoint | text | - | required unique | directory
                host | text | - | required | server
                export | text | - | required | exported path or share
                fstype | text | nfs | - | file system type
                no_unmount | truth | - | - | leave mounted on stop
                force_unmount | truth | - | - | kill users of the mount so that unmounting works
                self_fence | truth | - | newer | reboot this node if stopping fails
                options | text | - | - | mount options
                use_findmnt | truth | - | newer | use findmnt to look for mounts
                """).never("nfsexport", "nfsclient");
    }

    private static ResourceType bindMount() {
        return ResourceType.of("bind-mount", """
                name | text | - | primary unique | key
                mountpoint | text | - | required unique | where to
                source | text | - | required | directory to bind
                force_unmount | truth | - | - | kill users of the mount so that unmounting works
                """).never("nfsexport");
    }

    private static ResourceType nfsExport() {
        return ResourceType.of("nfsexport", """
                name | text | - | primary | key
                device | text | - | from:device | inherited
                path | text | - | from:mountpoint | inherited mount point
                fsid | text | - | from:fsid | NFS file system id, taken from or given to children
                """).never("nfsexport");
    }

    private static ResourceType nfsClient() {
        return ResourceType.of("nfsclient", """
                name | text | - | primary unique | key
                target | text | - | required | host, wildcard, network or netgroup
                path | text | - | from:path | exported directory, inherited
                svcname | text | - | from:service/@name | inherited
                fsid | text | - | from:fsid | inherited
                options | text | - | - | export options
                allow_recover | truth | - | - | re-export in place when missing
                service_name | text | - | from:service/@name | filled with the name of the enclosing service
                use_cache | int | - | from:service/@nfs_client_cache | inherited nfs_client_cache
                """);
    }

    private static ResourceType nfsServer() {
        return ResourceType.of("nfsserver", """
                name | text | - | primary | key
                path | text | - | from:mountpoint | exported directory, inherited
                nfspath | text | .clumanager/nfs | - | where recovery state lives, relative to path
                statdport | int | - | newer | port of rpc.statd
                krbhost | text | - | newer | Kerberos host name
                """).usedOnce().never("nfsexport", "nfsserver").over("nfsclient 1/2", "ip 2/1");
    }

    private static ResourceType lvm() {
        return ResourceType.of("lvm", """
                name | text | - | primary | key
                vg_name | text | - | required | volume group
                lv_name | text | - | - | logical volume; without it the whole group
                self_fence | truth | - | - | reboot this node if stopping fails
                nfslock | truth | - | from:service/@nfslock | NFS lock workaround, taken from the service
                """).usedOnce();
    }

    private static ResourceType ocf() {
        return ResourceType.of("ocf", """
                name | text | - | primary unique newer | key; the agent's instance
                provider | text | - | required newer | folder of the agent below /usr/lib/ocf/resource.d: heartbeat, ...
                type | text | - | required newer | the agent: IPaddr2, Filesystem, ...
                """).anyMore();
    }

    private static ResourceType systemd() {
        return ResourceType.of("systemd", """
                name | text | - | primary unique newer | key
                unit | text | - | required unique newer | a unit that nothing else starts, as nginx.service
                """);
    }

    private static ResourceType drbd() {
        return ResourceType.of("drbd", """
                name | text | - | primary unique | key
                resource | text | - | required unique | DRBD resource name
                """).usedOnce();
    }
}
