package org.quorate.config;

/** Why no tree can be made of a file. It never leaves this package: {@link ClusterFile} hands on the finding. */
final class XmlFault extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    XmlFault(Location at, String code, String what, String remedy) {
        super(what, null, false, false);
        this.problem = new Problem(at, Problem.Severity.ERROR, what, remedy, code);
    }

    Problem problem() {
        return problem;
    }
}
