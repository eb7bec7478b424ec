package org.quorate.dist;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** The walls of the house: which module and which room may know what. */
@AnalyzeClasses(packages = "org.quorate", importOptions = ImportOption.DoNotIncludeTests.class)
class LayeringTest {
    private static final String[] PARTS = {
        "org.quorate.ccsd..", "org.quorate.cman..", "org.quorate.fenced..", "org.quorate.dlm..",
        "org.quorate.rgmanager..", "org.quorate.tools..", "org.quorate.dist..", "org.quorate.simulation.."
    };

    @ArchTest
    static final ArchRule commonKnowsNoDaemon = noClasses()
            .that().resideOutsideOfPackages(PARTS)
            .should().dependOnClassesThat().resideInAnyPackage(PARTS);

    @ArchTest
    static final ArchRule daemonsMeetInTheirApisOnly = slices()
            .matching("org.quorate.(ccsd|cman|fenced|dlm|rgmanager|tools)..")
            .should().notDependOnEachOther();

    @ArchTest
    static final ArchRule coresDoNoInputOrOutput = noClasses()
            .that().resideInAPackage("org.quorate.*.core..")
            .should().dependOnClassesThat().resideInAnyPackage("java.io..", "java.net..", "java.nio.file..",
                    "java.nio.channels..", "java.util.concurrent..", "org.slf4j..", "io.netty..", "org.jgroups..",
                    "org.quorate.system..", "org.quorate.daemon..");

    @ArchTest
    static final ArchRule coresAreToldTheTimeAndGivenTheirChances = noClasses()
            .that().resideInAPackage("org.quorate.*.core..")
            .should().dependOnClassesThat().areAssignableTo(Random.class)
            .orShould().dependOnClassesThat().areAssignableTo(UUID.class)
            .orShould().dependOnClassesThat().haveFullyQualifiedName("org.quorate.time.Clock")
            .orShould().callMethodWhere(target(owner(name("java.lang.System"))))
            .orShould().callMethodWhere(target(owner(name("java.lang.Thread"))))
            .orShould().callMethodWhere(target(name("now")).and(target(owner(inJavaTime()))));

    @ArchTest
    static final ArchRule coresHaveAnOrderInWhatTheyIterate = noClasses()
            .that().resideInAPackage("org.quorate.*.core..")
            .should().callConstructorWhere(target(owner(isExactly(HashMap.class))))
            .orShould().callConstructorWhere(target(owner(isExactly(HashSet.class))))
            .orShould().callMethodWhere(unorderedFactory());

    @ArchTest
    static final ArchRule roomsHaveNoCycles = slices().matching("org.quorate.(**)").should().beFreeOfCycles();

    private static DescribedPredicate<JavaClass> inJavaTime() {
        return DescribedPredicate.describe("of java.time", type -> type.getPackageName().equals("java.time"));
    }

    private static DescribedPredicate<JavaClass> isExactly(Class<? extends Object> type) {
        return DescribedPredicate.describe(type.getSimpleName(), one -> one.isEquivalentTo(type));
    }

    /** Set.of, Set.copyOf, Map.of and their like iterate in an order that differs between two JVMs. */
    private static DescribedPredicate<JavaCall<?>> unorderedFactory() {
        return DescribedPredicate.describe("unordered factories", call ->
                (call.getTargetOwner().isEquivalentTo(Set.class) || call.getTargetOwner().isEquivalentTo(Map.class))
                        && (call.getName().equals("of") || call.getName().equals("copyOf")
                                || call.getName().equals("ofEntries")));
    }
}
