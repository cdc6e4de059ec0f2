using System.Net;
using Microsoft.Extensions.Logging;

namespace Voice.IntegrationTests.Waiting;

/// <summary>A database that hangs is met by waiting once; then everybody is told at once, until it goes on.</summary>
public class HangTests
{
    [SkippableFact]
    public async Task A_database_that_hangs_is_waited_for_once_and_taken_up_again_when_it_goes_on()
    {
        var server = await PostgresServer.StartPrivateAsync();
        await using var database = await TestDatabase.CreateAsync(server);
        await using var voice = await VoiceHost.StartAsync(database);
        var id = await voice.CreatedIdAsync();
        await voice.UntilFinalAsync(id);
        await server.HangAsync();
        try
        {
            var first = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => PostAsync(voice, number)))
                .WaitAsync(TimeSpan.FromSeconds(30));
            await Eventually.HoldsAsync(() => voice.Log.Lines.Any(line => line.Text.StartsWith("The database does not answer")));
            // Were each to wait for itself, this would take minutes.
            var then = new List<HttpStatusCode>();
            for (var number = 0; number < 60; number++)
                then.Add(await PostAsync(voice, number).WaitAsync(TimeSpan.FromSeconds(30)));
            using var list = await voice.Http.GetAsync("/api/v1/voice/recordings");

            first.Concat(then).Should().OnlyContain(status => status == HttpStatusCode.ServiceUnavailable);
            list.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
            list.Headers.RetryAfter.Should().NotBeNull();
        }
        finally
        {
            await server.GoOnAsync();
        }

        await Eventually.SeesAsync(() => PostAsync(voice, 0), status => status == HttpStatusCode.OK);
        (await voice.StatusAsync(id)).Status().Should().Be("completed");
        (await voice.UntilFinalAsync(await voice.CreatedIdAsync())).Status().Should().Be("completed");
        voice.Log.Lines.Count(line => line.Text.StartsWith("The database does not answer")).Should().Be(1);
        voice.Log.Lines.Should().Contain(line => line.Level == LogLevel.Warning && line.Text.StartsWith("The database answers again"));
    }

    private static async Task<HttpStatusCode> PostAsync(VoiceHost voice, int number)
    {
        using var response = await voice.PostWebhookAsync($"sessionId=S{number}&status=busy");
        return response.StatusCode;
    }
}
