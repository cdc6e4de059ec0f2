using System.Globalization;
using Voice.TestKit.Faults;
using Xunit.Abstractions;

namespace Voice.IntegrationTests.Waiting;

/// <summary>The short form of <c>Voice.Benchmarks faults</c>; docs/faults.md says what is done and what is checked.</summary>
public class FaultTests(ITestOutputHelper output)
{
    [SkippableFact]
    public async Task Whatever_fails_under_two_instances_every_recording_ends_as_it_must()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("VOICE_TEST_SEED"), CultureInfo.InvariantCulture, out var given)
            ? given : Random.Shared.Next();
        output.WriteLine($"VOICE_TEST_SEED={seed}");

        var findings = await FaultRun.RunAsync(seed, conferences: 200, customers: 3);

        output.WriteLine($"{findings}");
        findings.Wrongs.Should().BeEmpty($"with VOICE_TEST_SEED={seed} it did not go as it must:\n{findings}");
    }
}
