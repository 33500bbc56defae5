package vitals;

import java.util.Collections;
import org.apache.beam.runners.core.construction.resources.PipelineResourcesDetector;

/**
 * Finds nothing to stage: the cluster has Beam's jars on its own class path. Without this class the job server uploads all of
 * its jars (154 MB) with every job.
 */
public class NoStaging implements PipelineResourcesDetector.Factory {
  public static NoStaging create() {
    return new NoStaging();
  }

  @Override
  public PipelineResourcesDetector getPipelineResourcesDetector() {
    return classLoader -> Collections.emptyList();
  }
}
