using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Voice.Application.Confirmations;
using Voice.Domain.Contracts;
using Voice.Domain.Recordings;

namespace Voice.IntegrationTests.Contracts;

public class SmsProviderTests
{
    private const string Accepted =
        """{"SMSMessageData":{"Message":"Sent","Recipients":[{"statusCode":101,"number":"+254712345678","status":"Success"}]}}""";

    public static TheoryData<string, byte[], MessageState> Answers => new()
    {
        { "application/json; charset=utf8", Encoding.UTF8.GetBytes(Accepted), MessageState.Accepted },
        { "application/json; charset=klingon", Encoding.UTF8.GetBytes(Accepted), MessageState.Accepted },
        { "application/json; charset=utf-7", Encoding.UTF8.GetBytes(Accepted), MessageState.Accepted },
        { "application/json; charset=utf-16", Encoding.Unicode.GetBytes(Accepted), MessageState.Accepted },
        { "application/json", [.. Encoding.UTF8.GetBytes(Accepted[..^2]), .. ",\"x\":\"\\ud800 "u8, 0xF3, .. "\"}}"u8],
            MessageState.Accepted },
        { "application/json; charset=\"", Encoding.UTF8.GetBytes("{\"SMSMessageData\":"), MessageState.Unknown },
        { "application/json", new byte[100_000], MessageState.Unknown },
        { "application/json", [], MessageState.Unknown },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Whatever_the_provider_answers_is_an_outcome(string type, byte[] body, MessageState outcome)
    {
        await using var provider = await HttpDouble.StartAsync(app => app.MapPost("/version1/messaging", async context =>
        {
            context.Response.StatusCode = 201;
            context.Response.Headers.ContentType = type;
            await context.Response.Body.WriteAsync(body);
        }));

        (await SendAsync(provider.Urls.First())).Should().Be(outcome);
    }

    [Fact]
    public async Task What_never_left_was_not_sent_and_what_is_not_answered_nobody_knows()
    {
        await using var provider = await HttpDouble.StartAsync(app => app.MapPost("/version1/messaging", context =>
        {
            context.Abort();
            return Task.CompletedTask;
        }));

        (await SendAsync("http://127.0.0.1:9")).Should().Be(MessageState.Waiting);
        (await SendAsync(provider.Urls.First())).Should().Be(MessageState.Unknown);
    }

    private static async Task<MessageState> SendAsync(string address)
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database, $"--AfricasTalking:SmsBaseUrl={address}",
            "--AfricasTalking:ApiKey=k", "--AfricasTalking:Username=u", "--AfricasTalking:VoiceNumber=+254711082000");
        return (await voice.Services.GetRequiredService<ITextMessageProvider>().SendAsync(PhoneNumber.Parse("+254712345678"), "hello"))
            .State;
    }
}
