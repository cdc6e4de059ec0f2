using System.Net;
using Dapper;
using Microsoft.Extensions.Logging;

namespace Voice.IntegrationTests.Waiting;

/// <summary>Slow is a fault like dead: a request has a time, and then the answer is 503.</summary>
public class BudgetTests
{
    [SkippableTheory, OnBothDatabases]
    public async Task A_callback_that_a_lock_holds_up_is_answered_503_and_comes_through_when_it_is_sent_again(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await VoiceHost.StartAsync(database);
        await using var connection = await database.Source.OpenConnectionAsync();
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            if (engine == Engine.Postgres) await connection.ExecuteAsync("LOCK TABLE webhook_inbox", transaction: transaction);
            else await connection.ExecuteAsync("DELETE FROM webhook_inbox", transaction: transaction);

            var held = await Task.WhenAll(Enumerable.Range(0, 8)
                .Select(number => voice.PostWebhookAsync($"sessionId=S{number}&status=busy")))
                .WaitAsync(TimeSpan.FromSeconds(20));

            held.Should().OnlyContain(answer => answer.StatusCode == HttpStatusCode.ServiceUnavailable);
            held.Should().OnlyContain(answer => answer.Headers.RetryAfter != null);
            voice.Log.Lines.Should().Contain(line => line.Level == LogLevel.Error);
            await transaction.RollbackAsync();
        }

        var again = await Eventually.SeesAsync(
            () => voice.PostWebhookAsync("sessionId=S0&status=busy"), answer => answer.StatusCode == HttpStatusCode.OK);

        again.Dispose();
    }
}
