namespace Voice.IntegrationTests.Node;

public class PollingLoopTests
{
    [SkippableTheory]
    [InlineData("+254712345678", "done http://127.0.0.1:")]
    [InlineData("+254712340001", "error Recording failed")]
    public async Task The_documented_loop_ends_as_documented(string first, string end)
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);
        var id = await voice.CreatedIdAsync(first);

        (await Programs.NodeAsync("polling-loop.mjs", voice.Address, id, "100")).Should().StartWith(end);
    }
}
