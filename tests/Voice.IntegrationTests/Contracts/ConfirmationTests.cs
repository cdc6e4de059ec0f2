using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Voice.IntegrationTests.Contracts;

public partial class ConfirmationTests
{
    [SkippableTheory, OnBothDatabases]
    public async Task A_contract_is_confirmed_once_every_party_has(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var speech = await SpeechDouble.StartAsync(ProcessTests.Deal);
        await using var voice = await VoiceHost.StartAsync(database, speech.Settings);
        var contract = await MakeAsync(voice);
        var codes = await CodesAsync(voice, 2);

        (await ConfirmAsync(voice, contract, "+254712345678", "x")).Should().Be((422, "code: The code has six digits."));
        (await ConfirmAsync(voice, contract, "+254700000000", "123456"))
            .Should().Be((422, "phone: This number is no party of the contract."));
        (await ConfirmAsync(voice, contract, "+254712345678", Wrong(codes["+254712345678"])))
            .Should().Be((422, "code: This is not the code that was sent to this number; 4 attempts are left."));
        (await ConfirmAsync(voice, contract, "+254712345678", codes["+254787654321"])).Item1.Should().Be(422, "a code is one party's own");
        (await ConfirmAsync(voice, contract, "+254712345678", $" {codes["+254712345678"][..3]} {codes["+254712345678"][3..]}"))
            .Should().Be((200, "pending"), "a code is read as people type it");
        (await ConfirmAsync(voice, contract, "+254712345678", codes["+254712345678"]))
            .Should().Be((409, "This party has confirmed the contract already."));
        (await SmsAsync(voice, "254787654321", $"yes-{contract.ToUpperInvariant()}  {codes["+254787654321"]} ")).Should().Be("confirmed");
        (await SmsAsync(voice, "+254787654321", $"NO-{contract} {codes["+254787654321"]}"))
            .Should().Be("ignored", "one phone decides once");

        (await StatusAsync(voice, contract)).Should().Be("confirmed");
        voice.Log.Lines.Should().NotContain(line => line.Text.Contains("254712345678") || codes.Values.Any(line.Text.Contains),
            "nothing personal or secret is logged");
        (await database.CountAsync($"SELECT COUNT(*) FROM sms_outbox WHERE code_hash LIKE '%{codes["+254712345678"]}'"))
            .Should().Be(0);
    }

    [SkippableTheory, OnBothDatabases]
    public async Task Five_wrong_codes_are_too_many_however_they_come(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var speech = await SpeechDouble.StartAsync(ProcessTests.Deal);
        await using var voice = await VoiceHost.StartAsync(database, speech.Settings);
        var contract = await MakeAsync(voice);
        var codes = await CodesAsync(voice, 2);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 9).Select(_ => ConfirmAsync(voice, contract, "+254712345678", Wrong(codes["+254712345678"]))));

        answers.Count(answer => answer.Item1 == 422).Should().Be(5);
        answers.Count(answer => answer == (
            409, "There were too many wrong codes for this party. It can try again an hour after the last of them.")).Should().Be(4);
        (await ConfirmAsync(voice, contract, "+254712345678", codes["+254712345678"])).Item1.Should().Be(409);
        (await ConfirmAsync(voice, contract, "+254787654321", codes["+254787654321"])).Item1.Should().Be(200, "only that phone is locked");
        await database.ExecuteAsync("UPDATE contract_parties SET tried_at = tried_at - 3600000 WHERE phone = '+254712345678'");
        (await ConfirmAsync(voice, contract, "+254712345678", Wrong(codes["+254712345678"])))
            .Should()
                .Be((422, "code: This is not the code that was sent to this number; 4 attempts are left."), "an hour later it counts anew");
        (await ConfirmAsync(voice, contract, "+254712345678", codes["+254712345678"])).Should().Be((200, "confirmed"));
    }

    [SkippableTheory, OnBothDatabases]
    public async Task A_new_code_can_be_asked_for_and_those_before_stay_good(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var speech = await SpeechDouble.StartAsync(ProcessTests.Deal);
        await using var voice = await VoiceHost.StartAsync(database, speech.Settings);
        var contract = await MakeAsync(voice);
        var first = await CodesAsync(voice, 2);

        (await AskForCodeAsync("+254700000000")).Should().Be((422, "phone: This number is no party of the contract."));
        for (var number = 1; number <= 3; number++) (await AskForCodeAsync("+254712345678")).Item1.Should().Be(200);
        (await AskForCodeAsync("+254712345678")).Should().Be((409, "3 new codes were sent to this number today: that is all."));

        var last = await CodesAsync(voice, 5);
        (await SmsAsync(voice, "+254787654321", $"YES {contract} {first["+254787654321"]}")).Should().Be("confirmed");
        (await ConfirmAsync(voice, contract, "+254712345678", first["+254712345678"])).Should().Be((200, "confirmed"));
        last["+254712345678"].Should().MatchRegex("[0-9]{6}");
        (await AskForCodeAsync("+254712345678")).Should().Be((409, "This party has confirmed the contract already."));
        var body = await voice.Http.GetFromJsonAsync<JsonElement>($"/api/v1/contracts/{contract}");
        body.GetProperty("signed_by").EnumerateArray().Select(phone => phone.GetString()).Should().Equal("+254712345678", "+254787654321");
        body.GetProperty("all_signed").GetBoolean().Should().BeTrue();

        async Task<(int, string?)> AskForCodeAsync(string phone)
        {
            using var response = await voice.Http.PostAsJsonAsync($"/api/v1/contracts/{contract}/codes", new { phone });
            var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
            return ((int)response.StatusCode, response.IsSuccessStatusCode ? null : answer.GetProperty("detail").GetString());
        }
    }

    [SkippableTheory, OnBothDatabases]
    public async Task Answers_are_taken_from_numbers_however_networks_write_them(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var speech = await SpeechDouble.StartAsync(ProcessTests.Deal);
        await using var voice = await VoiceHost.StartAsync(database, speech.Settings);
        var contract = await MakeAsync(voice);
        var codes = await CodesAsync(voice, 2);

        (await SmsAsync(voice, "0712 345 679", $"YES {contract} {codes["+254712345678"]}")).Should().Be("ignored", "it is nobody's number");
        (await SmsAsync(voice, "0712 345 678\0", $"Y\0ES {contract}\u0001 {codes["+254712345678"]}\0")).Should().Be("confirmed");
        (await SmsAsync(voice, "tel:+254-787-654321", $"hapana {contract} {codes["+254787654321"]}")).Should().Be("rejected");
    }

    [SkippableTheory, OnBothDatabases]
    public async Task An_answer_that_cannot_be_read_gets_one_message_back_and_a_stranger_none(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var speech = await SpeechDouble.StartAsync(ProcessTests.Deal);
        await using var voice = await VoiceHost.StartAsync(database, speech.Settings);
        var contract = await MakeAsync(voice);
        await CodesAsync(voice, 2);

        foreach (var from in (string[])["+254712345678", "254712345678", "+254700000000"])
            (await SmsAsync(voice, from, "I agree")).Should().Be("ignored");

        var messages = await Eventually.SeesAsync(
            () => voice.Http.GetFromJsonAsync<JsonElement>("/sandbox/sms"), messages => messages.GetArrayLength() > 2);
        messages[0].GetProperty("to").GetString().Should().Be("+254712345678");
        messages[0].GetProperty("text").GetString().Should().StartWith("We could not read your answer.")
            .And.Contain(contract.Replace("_", ""));
        (await database.CountAsync("SELECT COUNT(*) FROM sms_outbox")).Should().Be(3);
    }

    [SkippableTheory, OnBothDatabases]
    public async Task One_no_rejects_and_time_expires(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var speech = await SpeechDouble.StartAsync(ProcessTests.Deal);
        await using var voice = await VoiceHost.StartAsync(database, speech.Settings);
        var refused = await MakeAsync(voice);
        var codes = await CodesAsync(voice, 2);
        (await SmsAsync(voice, "+254787654321", $"NO-{refused} {codes["+254787654321"]}")).Should().Be("rejected");
        (await StatusAsync(voice, refused)).Should().Be("rejected");
        (await ConfirmAsync(voice, refused, "+254712345678", codes["+254712345678"]))
            .Should().Be((409, "This contract is rejected: there is nothing to decide any more."));

        var late = await MakeAsync(voice, "goods_purchase");
        await CodesAsync(voice, 4);
        await database.ExecuteAsync($"UPDATE contracts SET confirm_by = 1 WHERE contract_id = '{late}'");

        (await ConfirmAsync(voice, late, "+254712345678", "123456"))
            .Should().Be((409, "This contract is expired: there is nothing to decide any more."));
        await Eventually.SeesAsync(() => StatusAsync(voice, late), status => status == "expired");
    }

    [SkippableTheory, OnBothDatabases]
    public async Task A_message_is_sent_again_only_when_it_surely_was_not_taken(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var speech = await SpeechDouble.StartAsync(ProcessTests.Deal);
        var sent = new ConcurrentQueue<(string To, string Key)>();
        await using var provider = await SmsDoubleAsync(sent, to => to.EndsWith("678", StringComparison.Ordinal)
            ? (sent.Count(one => one.To == to) == 1 ? 500 : 101) : 0);
        string[] settings =
        [
            .. speech.Settings, "--AfricasTalking:ApiKey=the-api-key", "--AfricasTalking:Username=us",
            "--AfricasTalking:VoiceNumber=+254711082000",
            $"--AfricasTalking:SmsBaseUrl={provider.Urls.First()}",
        ];
        await using var voice = await VoiceHost.StartAsync(database, settings);
        await using var other = engine == Engine.Postgres ? await VoiceHost.StartAsync(database, settings) : null;
        await UploadAsync(voice);

        await Eventually.SeesAsync(() => database.CountAsync("SELECT COUNT(*) FROM sms_outbox WHERE state IN ('accepted', 'unknown')"),
            done => done == 2);
        await Task.Delay(2500); // Time for a sweep to send something twice.

        sent.Count(one => one.To == "+254712345678").Should().Be(2, "a gateway's error is tried again");
        sent.Count(one => one.To == "+254787654321").Should().Be(1, "nonsense may hide that it was taken");
        sent.Should().OnlyContain(one => one.Key == "the-api-key");
    }

    [SkippableFact]
    public async Task A_message_that_was_being_posted_in_a_crash_is_not_sent_again_but_one_that_waited_is()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var speech = await SpeechDouble.StartAsync(ProcessTests.Deal);
        await using var voice = await VoiceHost.StartAsync(database, speech.Settings);
        var contract = await MakeAsync(voice);
        var first = await CodesAsync(voice, 2);
        await database.ExecuteAsync("UPDATE sms_outbox SET state = 'posting', due_at = 1 WHERE phone = '+254712345678'");
        await database.ExecuteAsync("UPDATE sms_outbox SET state = 'waiting', due_at = 1 WHERE phone = '+254787654321'");

        await Eventually.SeesAsync(() => database.CountAsync("SELECT COUNT(*) FROM sms_outbox WHERE state = 'accepted'"),
            accepted => accepted > 0);

        (await CodesAsync(voice, 3))["+254712345678"].Should().Be(first["+254712345678"]);
        (await voice.Http.GetFromJsonAsync<JsonElement>($"/api/v1/contracts/{contract}")).GetProperty("confirmations").EnumerateArray()
            .Select(confirmation => confirmation.GetProperty("message").GetString()).Should().Equal("unknown", "accepted");
        (await database.CountAsync("SELECT COUNT(*) FROM sms_outbox WHERE state = 'unknown'")).Should().Be(1);
    }

    private static async Task<string> MakeAsync(VoiceHost voice, string type = "agricultural_supply") =>
        (await ProcessTests.ProcessAsync(voice,
            new { recording_id = await ProcessTests.CompletedAsync(voice), parties = ProcessTests.Parties, contract_type = type }))
        .GetProperty("contract_id").GetString()!;

    private static async Task UploadAsync(VoiceHost voice)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(JsonSerializer.Serialize(ProcessTests.Parties)), "parties" },
            { new ByteArrayContent(File.ReadAllBytes(Fixture.At("tone.flac"))), "file", "call.flac" },
        };
        using var response = await voice.Http.PostAsync("/api/v1/voice/upload", form);
        response.StatusCode.Should().Be(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
    }

    internal static async Task<Dictionary<string, string>> CodesAsync(VoiceHost voice, int count)
    {
        var messages = await Eventually.SeesAsync(
            () => voice.Http.GetFromJsonAsync<JsonElement>("/sandbox/sms"), messages => messages.GetArrayLength() >= count);
        return messages.EnumerateArray().Take(count).Reverse().GroupBy(message => message.GetProperty("to").GetString()!)
            .ToDictionary(group => group.Key, group => Code().Match(group.Last().GetProperty("text").GetString()!).Groups[1].Value);
    }

    internal static async Task<(int, string)> ConfirmAsync(VoiceHost voice, string contract, string phone, string code)
    {
        using var response = await voice.Http.PostAsJsonAsync($"/api/v1/contracts/{contract}/confirm", new { phone, code });
        var body = await response.Content.ReadFromJsonAsync<JsonElement>();
        return ((int)response.StatusCode, body.GetProperty(response.IsSuccessStatusCode ? "status" : "detail").GetString()!);
    }

    private static async Task<string> SmsAsync(VoiceHost voice, string from, string text)
    {
        using var response = await voice.Http.PostAsync("/api/v1/voice/sms",
            new FormUrlEncodedContent(new Dictionary<string, string> { ["from"] = from, ["text"] = text }));
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetString()!;
    }

    private static async Task<string> StatusAsync(VoiceHost voice, string contract) =>
        (await voice.Http.GetFromJsonAsync<JsonElement>($"/api/v1/contracts/{contract}")).GetProperty("status").GetString()!;

    private static string Wrong(string code) => code == "000000" ? "111111" : "000000";

    private static Task<WebApplication> SmsDoubleAsync(ConcurrentQueue<(string, string)> sent, Func<string, int> answer) =>
        HttpDouble.StartAsync(app =>
        app.MapPost("/version1/messaging", async context =>
        {
            var to = (await context.Request.ReadFormAsync())["to"].ToString();
            sent.Enqueue((to, context.Request.Headers["apiKey"].ToString()));
            context.Response.StatusCode = 201;
            var code = answer(to);
            await context.Response.WriteAsync(code == 0 ? "<html>" : $$$"""
                {"SMSMessageData":{"Message":"Sent","Recipients":[{"statusCode":{{{code}}},"number":"{{{to}}}","status":"…"}]}}
                """);
        }));

    [GeneratedRegex(@"code: (\d{6})\n")]
    private static partial Regex Code();
}
