using System.Diagnostics;

namespace Voice.IntegrationTests.Node;

public class PollingLoopTests
{
    [SkippableTheory]
    [InlineData("+254712345678", "done http://127.0.0.1:")]
    [InlineData("+254712340001", "error Recording failed")]
    public async Task The_documented_loop_ends_as_documented(string first, string end)
    {
        var node = Needs.FindProgram("node");
        Needs.Tool(node is not null, "Node is not installed: apt-get install nodejs.");
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);
        var id = await voice.CreatedIdAsync(first);

        var start = new ProcessStartInfo(node!, [Path.Combine(AppContext.BaseDirectory, "Node", "polling-loop.mjs"), voice.Address, id, "100"]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        output.Should().StartWith(end);
    }
}
