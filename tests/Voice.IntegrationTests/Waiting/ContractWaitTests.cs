using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Voice.Application.Contracts;
using Voice.Application.Recordings;
using Voice.Domain.Contracts;
using Voice.IntegrationTests.Contracts;

namespace Voice.IntegrationTests.Waiting;

public class ContractWaitTests
{
    private const string Id = "ctr_1";
    private const string Path = $"/api/v1/contracts/{Id}";
    private const string Buyer = "+254712345678";
    private const string Seller = "+254787654321";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [SkippableTheory, OnBothDatabases]
    public async Task A_tag_fits_until_a_party_decides(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await VoiceHost.StartAsync(database);
        var codes = await AskedAsync(voice);

        using var first = await voice.Http.GetAsync(Path);
        var tag = first.Headers.ETag!;
        tag.IsWeak.Should().BeFalse();
        first.Headers.CacheControl!.ToString().Should().Be("no-cache, private");
        first.Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromSeconds(2));
        using var head = await voice.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, Path));
        (head.Headers.ETag, head.Content.Headers.ContentLength).Should().Be((tag, first.Content.Headers.ContentLength));
        using var same = await GetAsync(voice, "", tag);
        (same.StatusCode, same.Headers.ETag).Should().Be((HttpStatusCode.NotModified, tag));
        (await same.Content.ReadAsByteArrayAsync()).Should().BeEmpty();

        await ConfirmationTests.ConfirmAsync(voice, Id, Buyer, codes[Buyer]);

        using var changed = await GetAsync(voice, "", tag);
        (changed.StatusCode, changed.Headers.ETag!.Equals(tag)).Should().Be((HttpStatusCode.OK, false));
        await ConfirmationTests.ConfirmAsync(voice, Id, Seller, codes[Seller]);
        using var last = await GetAsync(voice, "", changed.Headers.ETag);
        (await StatusAsync(last)).Should().Be("confirmed");
        last.Headers.RetryAfter.Should().BeNull("nothing more will come");
    }

    [SkippableTheory, OnBothDatabases]
    public async Task Whoever_waits_is_woken_by_what_the_parties_say(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await VoiceHost.StartAsync(database);
        await ConfirmByAnyAsync(voice, voice);
    }

    [SkippableFact]
    public async Task Whoever_waits_on_another_instance_is_woken_too()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Postgres);
        await using var voice = await VoiceHost.StartAsync(database);
        await AskedAsync(voice); // By this one, which has the messages then.
        await using var other = await VoiceHost.StartAsync(database);
        await ConfirmByAnyAsync(voice, other);
    }

    [SkippableTheory, OnBothDatabases]
    public async Task What_becomes_of_a_message_wakes_whoever_has_the_body_before(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await VoiceHost.StartAsync(database);
        await AskedAsync(voice);
        var before = (await voice.Http.GetAsync(Path)).Headers.ETag;
        var waiting = GetAsync(voice, "?wait=60", before);
        await Task.Delay(200);

        using var sent = await voice.Http.PostAsJsonAsync($"{Path}/codes", new { phone = Buyer });

        using var answer = await waiting.WaitAsync(Patience);
        (sent.StatusCode, answer.StatusCode).Should().Be((HttpStatusCode.OK, HttpStatusCode.OK));
    }

    [SkippableTheory, OnBothDatabases]
    public async Task Time_alone_makes_it_expired_for_whoever_waits(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await VoiceHost.StartAsync(database);
        await AddAsync(voice, TimeProvider.System.GetUtcNow() - Agreement.ConfirmWithin + TimeSpan.FromSeconds(3));
        using var before = await voice.Http.GetAsync(Path);

        using var answer = await GetAsync(voice, "?wait=60").WaitAsync(Patience);

        ((await StatusAsync(before)), (await StatusAsync(answer))).Should().Be(("pending", "expired"));
        answer.Headers.ETag.Should().NotBe(before.Headers.ETag);
    }

    [SkippableTheory, OnBothDatabases]
    public async Task Who_waits_for_a_contract_that_is_erased_hears_that_it_is_gone(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await VoiceHost.StartAsync(database);
        var recording = await voice.CreatedIdAsync();
        await voice.UntilFinalAsync(recording);
        await AddAsync(voice, TimeProvider.System.GetUtcNow() - Agreement.ConfirmWithin, recording);
        await database.ExecuteAsync("DELETE FROM sms_outbox"); // What becomes of a message is not asked here.
        var tag = (await voice.Http.GetAsync(Path)).Headers.ETag;
        var waiting = GetAsync(voice, "?wait=60", tag);
        await Task.Delay(200);

        (await voice.Http.DeleteAsync($"/api/v1/voice/recordings/{recording}")).StatusCode.Should().Be(HttpStatusCode.NoContent);

        (await waiting.WaitAsync(Patience)).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Preferences_are_applied_and_told_and_nonsense_is_invalid()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);
        await AddAsync(voice, TimeProvider.System.GetUtcNow() - Agreement.ConfirmWithin);
        using var preferring = new HttpRequestMessage(HttpMethod.Get, Path) { Headers = { { "Prefer", "wait=90" } } };
        using var nonsense = new HttpRequestMessage(HttpMethod.Get, Path) { Headers = { { "Prefer", "wait=soon" } } };

        using var preferred = await voice.Http.SendAsync(preferring);
        using var refused = await voice.Http.SendAsync(nonsense);

        (await StatusAsync(preferred)).Should().Be("expired", "what is final is not held");
        preferred.Headers.GetValues("Preference-Applied").Should().Equal("wait=60");
        refused.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        foreach (var query in (string[])["?wait=-1", "?wait=", "?wait=1.5", "?wait=soon"])
            (await voice.Http.GetAsync(Path + query)).StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity, query);
        (await voice.Http.GetAsync("/api/v1/contracts/ctr_nobody?wait=60")).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [SkippableTheory, OnBothDatabases]
    public async Task Its_audio_is_served_in_parts_to_whoever_may_read_it(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await VoiceHost.StartAsync(database, "--Auth:ApiKeys:0=key");
        voice.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "key");
        var recording = await voice.CreatedIdAsync();
        await voice.UntilFinalAsync(recording);
        await AddAsync(voice, TimeProvider.System.GetUtcNow(), recording);
        await AddAsync(voice, TimeProvider.System.GetUtcNow(), id: "ctr_2");
        var token = await TokenAsync(Id);
        var other = await TokenAsync("ctr_2");
        using var lost = await voice.Http.GetAsync("/api/v1/contracts/ctr_2/audio");
        voice.Http.DefaultRequestHeaders.Authorization = null;
        var audio = $"{Path}/audio?token={token}";

        using var whole = await voice.Http.GetAsync(audio);
        using var request = new HttpRequestMessage(HttpMethod.Get, audio) { Headers = { Range = new(1000, 1999) } };
        using var part = await voice.Http.SendAsync(request);
        using var head = await voice.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, audio));
        using var far = new HttpRequestMessage(HttpMethod.Get, audio) { Headers = { Range = new(1_000_000_000, null) } };
        using var beyond = await voice.Http.SendAsync(far);
        using var again = await GetAsync(voice, $"/audio?token={token}", whole.Headers.ETag);

        var bytes = await whole.Content.ReadAsByteArrayAsync();
        (whole.StatusCode, whole.Content.Headers.ContentType!.MediaType).Should().Be((HttpStatusCode.OK, "audio/mpeg"));
        part.StatusCode.Should().Be(HttpStatusCode.PartialContent);
        (await part.Content.ReadAsByteArrayAsync()).Should().Equal(bytes[1000..2000]);
        head.Content.Headers.ContentLength.Should().Be(bytes.Length);
        again.StatusCode.Should().Be(HttpStatusCode.NotModified);
        (beyond.StatusCode, beyond.Content.Headers.ContentRange!.Length).Should().Be(
            (HttpStatusCode.RequestedRangeNotSatisfiable, bytes.Length));
        (await beyond.Content.ReadAsStringAsync()).Should().StartWith("{\"detail\":\"There is no such part");
        (await voice.Http.GetAsync($"{Path}/audio")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await voice.Http.GetAsync($"{Path}/audio?token={other}")).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (lost.StatusCode, await lost.Content.ReadAsStringAsync()).Should().Be((HttpStatusCode.NotFound,
            "{\"detail\":\"The audio of this contract is not kept: it is not a recording of this service.\"}"));

        async Task<string?> TokenAsync(string id)
        {
            using var issued = await voice.Http.PostAsJsonAsync("/api/v1/tokens", new { contract_id = id });
            return (await issued.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString();
        }
    }

    // Two wait, one with the body and one for the end; the parties decide one after the other.
    private static async Task ConfirmByAnyAsync(VoiceHost decides, VoiceHost waits)
    {
        var codes = await AskedAsync(decides);
        var feed = waits.Services.GetRequiredService<IChangeFeed>();
        await Eventually.HoldsAsync(() => feed.IsUp);
        var tag = (await waits.Http.GetAsync(Path)).Headers.ETag;
        var news = GetAsync(waits, "?wait=60", tag);
        var end = GetAsync(waits, "?wait=60");
        await Task.Delay(200);
        (news.IsCompleted, end.IsCompleted).Should().Be((false, false));

        (await ConfirmationTests.ConfirmAsync(decides, Id, Buyer, codes[Buyer])).Should().Be((200, "pending"));
        using var told = await news.WaitAsync(Patience);
        (await StatusAsync(told)).Should().Be("pending");
        await Task.Delay(200);
        end.IsCompleted.Should().BeFalse("one has not said anything yet");
        (await ConfirmationTests.ConfirmAsync(decides, Id, Seller, codes[Seller])).Should().Be((200, "confirmed"));

        using var over = await end.WaitAsync(Patience);
        (await StatusAsync(over)).Should().Be("confirmed");
    }

    /// <returns>The codes of a contract whose parties have all been asked.</returns>
    private static async Task<Dictionary<string, string>> AskedAsync(VoiceHost voice)
    {
        if ((await voice.Http.GetAsync(Path)).StatusCode == HttpStatusCode.NotFound) await AddAsync(voice, TimeProvider.System.GetUtcNow());
        await Eventually.SeesAsync(() => voice.Http.GetStringAsync(Path), body => body.Split("\"message\":\"accepted\"").Length == 3);
        return await ConfirmationTests.CodesAsync(voice, 2);
    }

    private static Task AddAsync(VoiceHost voice, DateTimeOffset at, string? recordingId = null, string id = Id) =>
        voice.Services.GetRequiredService<IContractRepository>().AddAsync(TheContract.New(id, at, recordingId), default);

    private static Task<HttpResponseMessage> GetAsync(VoiceHost voice, string suffix, EntityTagHeaderValue? tag = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Path + suffix);
        if (tag is not null) request.Headers.IfNoneMatch.Add(tag);
        return voice.Http.SendAsync(request);
    }

    private static async Task<string?> StatusAsync(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetString();
}
