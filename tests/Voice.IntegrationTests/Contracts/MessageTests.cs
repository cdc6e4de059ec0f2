using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Voice.Application.Confirmations;
using Voice.Domain.Contracts;
using Voice.Domain.Reading;
using Voice.Domain.Recordings;
using Voice.Infrastructure.Contracts;

namespace Voice.IntegrationTests.Contracts;

/// <summary>Text messages cost money and patience: none twice, and not more than so many.</summary>
public class MessageTests
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private static readonly PhoneNumber Phone = PhoneNumber.Parse("+254712345678");

    [SkippableTheory, OnBothDatabases]
    public async Task Instances_with_a_slow_provider_post_each_message_once(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var sent = new ConcurrentQueue<string>();
        await using var provider = await ProviderAsync(sent, takes: TimeSpan.FromMilliseconds(400));
        await using var one = await VoiceHost.StartAsync(database, Settings(provider));
        await using var other = engine == Engine.Postgres ? await VoiceHost.StartAsync(database, Settings(provider)) : null;

        await AddAsync(database, codes: 6);
        await Eventually.SeesAsync(() => CountAsync(database, "accepted"), accepted => accepted == 7);

        sent.Should().HaveCount(7).And.OnlyHaveUniqueItems("each has a code of its own");
    }

    [SkippableTheory, OnBothDatabases]
    public async Task What_was_given_up_while_it_was_prepared_is_not_posted_any_more(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await AddAsync(database, codes: 0);
        var outbox = new TextMessageOutbox(database.Source, database.Dialect, database.Changes);
        var taken = (await outbox.TakeAsync(Now, Now.AddMinutes(2), default))!;

        (await outbox.HoldAsync(taken, Now.AddMinutes(3), default)).Should().BeTrue();
        await outbox.TakeAsync(Now.AddMinutes(4), Now.AddMinutes(6), default);
        (await outbox.HoldAsync(taken, Now.AddMinutes(9), default)).Should().BeFalse();

        (await CountAsync(database, "unknown")).Should().Be(1);
    }

    [SkippableTheory]
    [InlineData(Engine.Sqlite, "Number")]
    [InlineData(Engine.Postgres, "Number")]
    [InlineData(Engine.Sqlite, "Recording")]
    [InlineData(Engine.Postgres, "Recording")]
    public async Task No_more_than_so_many_go_out_in_a_day(Engine engine, string per)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var sent = new ConcurrentQueue<string>();
        await using var provider = await ProviderAsync(sent);
        await database.Recordings.AddAsync(TheRecording.New(at: Now), null, default);
        var contract = await AddAsync(database, codes: 9, per == "Recording" ? TheRecording.Id : null);
        await using var voice = await VoiceHost.StartAsync(database, [.. Settings(provider), $"--Limits:MessagesPer{per}=4"]);

        await Eventually.SeesAsync(() => CountAsync(database, "refused"), refused => refused == 6);
        using var another = await voice.Http.PostAsJsonAsync($"/api/v1/contracts/{contract}/codes", new { phone = "+254787654321" });
        using var more = await voice.Http.PostAsJsonAsync($"/api/v1/contracts/{contract}/codes", new { phone = Phone.Value });

        sent.Should().HaveCount(4);
        more.StatusCode.Should().Be(HttpStatusCode.Conflict, "it has had its three new codes");
        another.StatusCode.Should().Be(per == "Number" ? HttpStatusCode.OK : HttpStatusCode.TooManyRequests);
    }

    // One to each who is asked, of whom there is one, and more codes to the same phone.
    private static async Task<string> AddAsync(TestDatabase database, int codes, string? recordingId = null)
    {
        ContractParty[] parties = [new(Phone, PartyRole.Buyer, null), new(PhoneNumber.Parse("+254787654321"), PartyRole.Witness, null)];
        var reading = TermsReader.Read(Transcript.Of(ProcessTests.Deal), ContractType.Default, new DateOnly(2026, 11, 24), Phone.Value);
        var contract = Contract.Make(
            ContractIds.New(), recordingId, "aa", ContractType.Default, parties, ProcessTests.Deal, SpeechEngine.Openai, reading, Now);
        await new ContractRepository(database.Source, database.Dialect, database.Changes).AddAsync(contract, default);
        await database.ExecuteAsync("DELETE FROM sms_outbox WHERE phone <> '+254712345678'");
        var outbox = new TextMessageOutbox(database.Source, database.Dialect, database.Changes);
        for (var number = 2; number <= codes + 1; number++)
            await outbox.AddAsync(TextMessage.Code(Phone, contract.ContractId, number, Now), default);
        return contract.ContractId;
    }

    private static Task<int> CountAsync(TestDatabase database, string state) =>
        database.CountAsync($"SELECT COUNT(*) FROM sms_outbox WHERE state = '{state}'");

    private static string[] Settings(WebApplication provider) =>
    [
        "--AfricasTalking:ApiKey=the-api-key", "--AfricasTalking:Username=us", "--AfricasTalking:VoiceNumber=+254711082000",
        $"--AfricasTalking:SmsBaseUrl={provider.Urls.First()}",
    ];

    private static Task<WebApplication> ProviderAsync(ConcurrentQueue<string> sent, TimeSpan takes = default) => HttpDouble.StartAsync(
        app => app.MapPost("/version1/messaging", async context =>
        {
            sent.Enqueue((await context.Request.ReadFormAsync())["message"].ToString());
            await Task.Delay(takes);
            context.Response.StatusCode = 201;
            await context.Response.WriteAsync("""
                {"SMSMessageData":{"Message":"Sent","Recipients":[{"statusCode":101,"number":"+254712345678","status":"Success"}]}}
                """);
        }));
}
