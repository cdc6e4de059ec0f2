
namespace Voice.IntegrationTests.Api;

public class OriginTests
{
    [Theory]
    [InlineData("http://localhost:5173", true)]
    [InlineData("http://localhost:4200", true)]
    [InlineData("http://127.0.0.1:3000", true)]
    [InlineData("http://[::1]:8080", true)]
    [InlineData("https://localhost", true)]
    [InlineData("http://localhost.evil.example", false)]
    [InlineData("http://evil.example", false)]
    [InlineData("null", false)]
    public async Task In_development_pages_of_this_machine_may_call_and_a_refused_one_is_one_line(string origin, bool mayCall)
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);
        await using var production = await VoiceHost.StartAsync(database, Production.Settings);

        for (var call = 0; call < 3; call++) (await Origin(voice, origin)).Should().Be(mayCall ? origin : null);
        (await Origin(production, origin)).Should().BeNull();

        voice.Log.Lines.Count(line => line.Text.Contains("Cors:Origins") && line.Text.Contains(origin)).Should().Be(mayCall ? 0 : 1);
    }

    private static async Task<string?> Origin(VoiceHost voice, string origin)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/voice/recordings/conf_1") { Headers = { { "Origin", origin } } };
        using var response = await voice.Http.SendAsync(request);
        return response.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? values.Single() : null;
    }
}
