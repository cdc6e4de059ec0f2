using System.Net;
using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Voice.Infrastructure.AfricasTalking.Sandbox;
using Voice.Infrastructure.Audio;
using Voice.Infrastructure.Speech;

namespace Voice.IntegrationTests.Contracts;

public class ProcessTests
{
    internal const string Deal = SpeechDouble.Deal;

    internal static readonly object[] Parties =
        [new { phone = "+254712345678", role = "buyer", name = "John Kamau" }, new { phone = "+254787654321", role = "seller" }];

    [SkippableTheory, OnBothDatabases]
    public async Task The_sandboxs_recording_gives_its_known_terms(Engine engine)
    {
        NeedsPocketSphinx();
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await VoiceHost.StartAsync(database);
        var id = await voice.CreatedIdAsync();
        var year = (await voice.UntilFinalAsync(id)).GetProperty("created_at").GetDateTime() is var call
            && call < new DateTime(call.Year, 3, 16) ? call.Year : call.Year + 1;

        var contract = await ProcessAsync(voice, new { recording_id = id, parties = Parties });

        contract.GetProperty("terms").GetRawText().Should().Be($$"""
            {"product":"maize","quantity":200,"unit":"bag","unit_price":3200,"total_amount":640000,"currency":"KES",
            "delivery_location":"Nakuru","delivery_date":"{{year}}-03-15","quality_requirements":["dry","clean"],
            "upfront_payment":192000,"payment_terms":"rest on delivery"}
            """.ReplaceLineEndings(""));
        contract.GetProperty("processing_status").GetString().Should().Be("completed");
        var transcript = contract.GetProperty("transcript").GetString()!;
        foreach (var evidence in contract.GetProperty("evidence").EnumerateObject().Select(entry => entry.Value))
        {
            transcript[evidence.GetProperty("start").GetInt32()..evidence.GetProperty("end").GetInt32()]
                .Should().Be(evidence.GetProperty("quote").GetString());
            evidence.GetProperty("at_seconds").GetDouble().Should().BeInRange(0, 39);
        }
    }

    [SkippableTheory, OnBothDatabases]
    public async Task Without_an_engine_the_sandboxs_recording_has_its_own_transcript_and_says_so(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await VoiceHost.StartAsync(database, "--Transcription:Engine=sandbox");

        var contract = await ProcessAsync(voice, new { recording_id = await CompletedAsync(voice), parties = Parties });

        contract.GetProperty("engine").GetString().Should().Be("sandbox");
        contract.GetProperty("processing_status").GetString().Should().Be("completed");
        var terms = contract.GetProperty("terms");
        string[] figures = ["unit_price", "total_amount", "upfront_payment"];
        figures.Select(figure => terms.GetProperty(figure).GetInt32()).Should().Equal(3200, 640000, 192000);
        foreach (var term in contract.GetProperty("evidence").EnumerateObject())
            term.Value.GetProperty("at_seconds").GetDouble().Should().BeInRange(1, Conversation.Seconds, term.Name);
        var id = contract.GetProperty("contract_id").GetString();
        (await voice.Http.GetStringAsync($"/api/v1/contracts/{id}")).Should().Contain("\"engine\":\"sandbox\"");
        (await voice.Http.GetStringAsync($"/contracts/{id}")).Should().Contain("Nobody listened to this recording");

        var (status, body) = await UploadAsync(voice, new ByteArrayContent(Silence.Wav(seconds: 2)));
        status.Should().Be(503);
        body.GetProperty("detail").GetString().Should().StartWith("No speech engine is set up.").And.Contain("Transcription:ModelFile");
    }

    [Fact]
    public async Task The_words_of_the_sandboxs_recording_are_said_when_they_are_said_to_be()
    {
        using var pcm = new MemoryStream();
        using (var conversation = Conversation.Open())
        using (var bytes = new MemoryStream())
        {
            await conversation.CopyToAsync(bytes);
            DecodeWorker.Write(Sound.Open(bytes), pcm);
        }
        var samples = MemoryMarshal.Cast<byte, short>(pcm.ToArray()).ToArray().Where((_, at) => at % 2 == 0).ToArray();
        const double delay = 0.15; // An encoder of mp3 puts some silence in front, which players leave out.
        var spoken = Utterances.In(samples).Select(part => (From: (part.From / 16_000.0) - delay, To: part.To / 16_000.0)).ToList();
        var talk = Conversation.Transcript;

        talk.Segments.Should().HaveCountGreaterThan(90);
        talk.Segments.Select(segment => segment.FromSeconds!.Value).Should().BeInAscendingOrder();
        talk.Segments.Should().OnlyContain(word => spoken.Any(part => part.From <= word.FromSeconds && word.ToSeconds <= part.To));
        foreach (var (before, word) in talk.Segments.Zip(talk.Segments.Skip(1)).Where(pair => pair.Second.StartsTurn))
        {
            word.Speaker.Should().NotBe(before.Speaker);
            spoken.Should().NotContain(
                part => part.From < before.FromSeconds && word.ToSeconds < part.To, "there is a pause between turns");
        }
    }

    [SkippableTheory]
    [InlineData("Voice.Api")]
    [InlineData("Voice.Api.dll")]
    public async Task The_speech_worker_runs_whichever_host_runs_the_service(string program)
    {
        NeedsPocketSphinx();
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        var folder = Directory.CreateTempSubdirectory("voice-speech-");
        await using (var voice = await VoiceProcess.StartAsync(program, database.ConnectionString, folder.FullName, []))
        {
            var beginning = new byte[60_000]; // Of its mp3, ten seconds.
            using (var conversation = Conversation.Open()) conversation.ReadExactly(beginning);
            using var form = Form(new ByteArrayContent(beginning));

            using var response = await voice.Http.PostAsync("/api/v1/voice/upload", form);

            var answer = await response.Content.ReadAsStringAsync();
            response.StatusCode.Should().Be(HttpStatusCode.OK, answer);
            JsonDocument.Parse(answer).RootElement.GetProperty("transcript").GetString().Should().Contain("maize");
        }
        folder.Delete(recursive: true);
    }

    [SkippableTheory, OnBothDatabases]
    public async Task The_same_audio_and_parties_are_one_contract_whoever_asks_at_the_same_time(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var speech = await SpeechDouble.StartAsync(Deal);
        await using var voice = await VoiceHost.StartAsync(database, [.. speech.Settings, "--Transcription:AtOnce=4"]);
        var id = await CompletedAsync(voice);

        var contracts = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => ProcessAsync(voice, new { recording_id = id, parties = Parties })));
        var again = await ProcessAsync(voice, new { recording_id = id, parties = Parties.Reverse() });

        contracts.Append(again).Select(contract => contract.GetProperty("contract_id").GetString()).Distinct().Should().ContainSingle();
        speech.Calls.Should().Be(1, "callers of the same work wait for the same job");
        var contractId = contracts[0].GetProperty("contract_id").GetString();
        var canonical = await voice.Http.GetByteArrayAsync($"/api/v1/contracts/{contractId}/canonical");
        Convert.ToHexStringLower(SHA256.HashData(canonical)).Should().Be(contracts[0].GetProperty("contract_hash").GetString());
        (await voice.Http.GetStringAsync($"/api/v1/contracts/{contractId}/document"))
            .Should().Contain("KES 640,000").And.Contain("John Kamau");
    }

    [SkippableTheory, OnBothDatabases]
    public async Task A_recording_has_one_live_contract_and_it_is_its_own(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var speech = await SpeechDouble.StartAsync(Deal);
        await using var voice = await VoiceHost.StartAsync(database, speech.Settings);
        var (one, other) = (await CompletedAsync(voice), await CompletedAsync(voice));
        var swapped = new[] { new { phone = "+254712345678", role = "seller" }, new { phone = "+254787654321", role = "buyer" } };
        var strangers = new[] { new { phone = "+254712345678", role = "buyer" }, new { phone = "+254700000000", role = "seller" } };

        var first = (await ProcessAsync(voice, new { recording_id = one, parties = Parties })).GetProperty("contract_id").GetString()!;
        var second = (await ProcessAsync(voice, new { recording_id = other, parties = Parties })).GetProperty("contract_id").GetString();

        second.Should().NotBe(first, "the same audio is told apart by its recording");
        (await PostAsync(voice, new { recording_id = one, parties = strangers }))
            .Should().Be((422, "parties: The parties of a recording are the phones of its call."));
        (await PostAsync(voice, new { recording_id = one, parties = swapped })).Item1.Should().Be(409);
        (await PostAsync(voice, new { recording_id = one, parties = Parties, contract_type = "other" })).Item2.Should().Contain(first);
        await database.ExecuteAsync($"UPDATE contracts SET confirm_by = 1 WHERE contract_id = '{first}'");
        (await ProcessAsync(voice, new { recording_id = one, parties = swapped })).GetProperty("contract_id").GetString()
            .Should().NotBe(first, "what is over makes room");
    }

    [SkippableTheory, OnBothDatabases]
    public async Task Work_survives_its_caller_who_comes_back_for_it(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var speech = await SpeechDouble.StartAsync(Deal, takes: TimeSpan.FromSeconds(2));
        await using var voice = await VoiceHost.StartAsync(database, speech.Settings);
        var request = new { recording_id = await CompletedAsync(voice), parties = Parties };
        using var impatient = new CancellationTokenSource();
        var cut = voice.Http.PostAsJsonAsync("/api/v1/voice/process", request, impatient.Token);
        await Eventually.HoldsAsync(() => speech.Calls == 1);
        await impatient.CancelAsync();
        await FluentActions.Awaiting(() => cut).Should().ThrowAsync<OperationCanceledException>();

        (await ProcessAsync(voice, request)).GetProperty("terms").GetProperty("quantity").GetInt32().Should().Be(200);

        speech.Calls.Should().Be(1);
        (await database.CountAsync("SELECT COUNT(*) FROM processing_jobs")).Should().Be(1);
    }

    [SkippableTheory, OnBothDatabases]
    public async Task Audio_that_is_missing_holds_up_no_other(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var speech = await SpeechDouble.StartAsync(Deal);
        await using var voice = await VoiceHost.StartAsync(database, [.. speech.Settings, "--Audio:Timeout=00:00:04"]);
        var missing = new List<Uri>();
        for (var number = 0; number < 6; number++)
            missing.Add((await StartAsync(voice, new { audio_url = $"{voice.Address}/sandbox/recordings/{number}.wav", parties = Parties }))
                .Headers.Location!);

        await ProcessAsync(voice, new { recording_id = await CompletedAsync(voice), parties = Parties });

        foreach (var job in missing)
            (await FinishedAsync(voice.Http, job)).GetProperty("failure").GetString().Should()
                .StartWith("The audio could not be fetched within 4 seconds");
        (await database.CountAsync("SELECT MAX(tries) FROM processing_jobs")).Should().BeLessThanOrEqualTo(1, "waiting is no try");
    }

    [SkippableFact]
    public async Task A_price_that_was_never_agreed_is_null_and_shown_with_its_candidates()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var speech = await SpeechDouble.StartAsync(
            "I am looking for one hundred bags of rice. The price is five thousand shillings per bag. No, that is too high. "
            + "I can pay four thousand. I cannot go down to four thousand.");
        await using var voice = await VoiceHost.StartAsync(database, speech.Settings);

        var contract = await ProcessAsync(voice, new { recording_id = await CompletedAsync(voice), parties = Parties });

        contract.GetProperty("terms").GetProperty("unit_price").ValueKind.Should().Be(JsonValueKind.Null);
        contract.GetProperty("terms").GetProperty("quantity").ValueKind.Should()
            .Be(JsonValueKind.Null, "without a deal nobody agreed to take a hundred bags");
        contract.GetProperty("processing_status").GetString().Should().Be("partial");
        var price = contract.GetProperty("evidence").GetProperty("unit_price");
        price.GetProperty("disputed").GetBoolean().Should().BeTrue();
        price.GetProperty("alternatives").EnumerateArray().Select(alternative => alternative.GetProperty("value").GetInt32())
            .Should().BeEquivalentTo([4000, 5000]);
        price.GetProperty("at_seconds").GetDouble().Should().Be(0.5);
        var question = contract.GetProperty("questions").GetProperty("unit_price").GetString()!;
        question.Should().Contain("4,000").And.Contain("5,000").And.EndWith("?");
        (await voice.Http.GetStringAsync($"/api/v1/contracts/{contract.GetProperty("contract_id").GetString()}/document"))
            .Should().Contain(question).And.Contain("not settled");
    }

    [SkippableFact]
    public async Task Uploads_are_answered_as_documented()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var speech = await SpeechDouble.StartAsync(Deal);
        await using var voice = await VoiceHost.StartAsync(database, speech.Settings);
        var silence = Silence.Wav(seconds: 2);

        var good = await UploadAsync(voice, new ByteArrayContent(silence));
        good.Status.Should().Be(200);
        good.Body.GetProperty("terms").GetProperty("total_amount").GetInt32().Should().Be(640000);
        good.Body.GetProperty("audio_sha256").GetString().Should().Be(Convert.ToHexStringLower(SHA256.HashData(silence)));

        var (growing, whole) = (Silence.Wav(seconds: 3), Silence.Wav(seconds: 3));
        growing.AsSpan(40, 4).Clear(); // Its writer never came back to say how much there is.
        growing.AsSpan(4, 4).Clear();
        (await UploadAsync(voice, new ByteArrayContent(growing))).Status.Should().Be(200);
        speech.Bytes.Should().BeGreaterThan(whole.Length, "all of it is heard, at twice its rate");
        (await UploadAsync(voice, new ByteArrayContent(Silence.Wav(seconds: 0)))).Status.Should().Be(422);

        Problem(await UploadAsync(voice, new StringContent("this is no audio")))
            .Should().Be("file: This is not audio that we can read: wav, mp3, m4a, ogg, webm or flac.");
        Problem(await UploadAsync(voice, new StringContent("#EXTM3U\nfile:///etc/passwd"))).Should().StartWith("file: This is not audio");
        Problem(await UploadAsync(voice, new ByteArrayContent(Silence.Wav(seconds: 1202))))
            .Should().Be("file: The audio is longer than 20 minutes.");
        Problem(await UploadAsync(voice, new StreamContent(new Endless(60_000_000)))).Should().Be("file: The audio is larger than 50 MB.");
        Problem(await UploadAsync(voice, null)).Should().Be("file: Send the audio as a form field of this name.");
        Problem(await UploadAsync(voice, new ByteArrayContent(silence), parties: "no json"))
            .Should().StartWith("parties: The parties must be a JSON list");
        Problem(await UploadAsync(voice, new ByteArrayContent(silence),
            parties: """[{"phone":"+254712345678","role":"buyer"},{"phone":"+254712345678","role":"seller"}]"""))
            .Should().Be("parties: The parties must have different phones.");
        using (var twice = Form(new ByteArrayContent(silence)))
        {
            twice.Add(new StringContent("[]"), "parties");
            using var response = await voice.Http.PostAsync("/api/v1/voice/upload", twice);
            Problem(((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>()))
                .Should().Be("parties: This was sent twice, with two values.");
        }
        await Eventually.HoldsAsync(() => !Directory.EnumerateDirectories(voice.AudioFolder).Any()); // Audio goes away with its job.
        speech.Calls.Should().Be(2);

        static string Problem((int Status, JsonElement Body) answer)
        {
            answer.Status.Should().Be(422);
            return answer.Body.GetProperty("detail").GetString()!;
        }
    }

    [SkippableFact]
    public async Task What_cannot_be_processed_says_why()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(
            database, "--Transcription:Engine=openai", "--Transcription:BaseUrl=http://127.0.0.1:9");
        var running = await voice.CreatedIdAsync(first: "+254712340010", expected: 5);

        (await PostAsync(voice, new { recording_id = running, parties = Parties }))
            .Should().Be((409, "This recording is recording: only a completed one can be processed."));
        (await PostAsync(voice, new { recording_id = "conf_nobody", parties = Parties })).Should().Be((404, "Recording not found"));
        (await PostAsync(voice, new { audio_url = "https://example.com/a.mp3", parties = Parties }))
            .Should().Be((422, "audio_url: Audio is not fetched from that host (Audio:Hosts)."));
        (await PostAsync(voice, new { parties = Parties }))
            .Should().Be((422, "audio_url: Name the audio by audio_url or by recording_id, one of them."));
        (await voice.Http.GetAsync("/api/v1/contracts/ctr_nobody")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await voice.Http.GetAsync("/api/v1/voice/process/job_nobody")).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [SkippableFact]
    public async Task Instances_share_jobs_and_do_none_twice()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Postgres);
        await using var speech = await SpeechDouble.StartAsync(Deal);
        await using var one = await VoiceHost.StartAsync(database, speech.Settings);
        await using var other = await VoiceHost.StartAsync(database, speech.Settings);
        var jobs = new List<Uri>();
        for (var number = 0; number < 4; number++)
            jobs.Add((await StartAsync(one, new { recording_id = await CompletedAsync(one), parties = Parties })).Headers.Location!);

        foreach (var job in jobs) (await FinishedAsync(other.Http, job)).GetProperty("status").GetString().Should().Be("completed");
        speech.Calls.Should().Be(4);
        (await database.CountAsync("SELECT COUNT(*) FROM contracts")).Should().Be(4);
    }

    [SkippableTheory, OnBothDatabases]
    public async Task A_job_outlives_a_kill_in_its_middle(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var speech = await SpeechDouble.StartAsync(Deal, takes: TimeSpan.FromSeconds(3));
        var folder = Directory.CreateTempSubdirectory("voice-job-");
        Uri job;
        await using (var first = await VoiceProcess.StartAsync(database.ConnectionString, folder.FullName, speech.Settings))
        {
            using var form = Form(new ByteArrayContent(Silence.Wav(seconds: 2)));
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/voice/upload")
            {
                Content = form,
                Headers = { { "Prefer", "respond-async" } },
            };
            using var response = await first.Http.SendAsync(request);
            response.StatusCode.Should().Be(HttpStatusCode.Accepted);
            response.Headers.GetValues("Preference-Applied").Should().Equal("respond-async");
            job = response.Headers.Location!;
            await Eventually.HoldsAsync(() => speech.Calls > 0);
            await first.KillAsync();
        }

        await using var second = await VoiceProcess.StartAsync(database.ConnectionString, folder.FullName, speech.Settings);

        var done = await FinishedAsync(second.Http, job);
        done.GetProperty("status").GetString().Should().Be("completed");
        (await second.Http.GetFromJsonAsync<JsonElement>($"/api/v1/contracts/{done.GetProperty("contract_id").GetString()}"))
            .GetProperty("terms").GetProperty("quantity").GetInt32().Should().Be(200);
        Directory.EnumerateDirectories(Path.Combine(folder.FullName, "audio")).Should().BeEmpty();
        await second.KillAsync();
        folder.Delete(recursive: true);
    }

    [SkippableTheory, OnBothDatabases]
    public async Task A_job_that_cannot_succeed_fails_with_the_reason(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await VoiceHost.StartAsync(database);

        var job = (await StartAsync(voice, new { audio_url = "https://127.0.0.1/a.mp3", parties = Parties })).Headers.Location!;

        var done = await FinishedAsync(voice.Http, job);
        done.GetProperty("status").GetString().Should().Be("failed");
        done.GetProperty("failure").GetString().Should().Be("Audio is not fetched from that host (Audio:Hosts).");
    }

    internal static void NeedsPocketSphinx() => Needs.Tool(
        Directory.Exists("/usr/share/pocketsphinx/model/en-us"),
        "The speech engine is not installed (Debian: libpocketsphinx3 pocketsphinx-en-us).");

    internal static async Task<string> CompletedAsync(VoiceHost voice)
    {
        var id = await voice.CreatedIdAsync();
        (await voice.UntilFinalAsync(id)).Status().Should().Be("completed");
        return id;
    }

    internal static async Task<JsonElement> ProcessAsync(VoiceHost voice, object request)
    {
        using var response = await voice.Http.PostAsJsonAsync("/api/v1/voice/process", request);
        response.StatusCode.Should().Be(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task<(int, string)> PostAsync(VoiceHost voice, object request)
    {
        using var response = await voice.Http.PostAsJsonAsync("/api/v1/voice/process", request);
        return ((int)response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString()!);
    }

    private static async Task<HttpResponseMessage> StartAsync(VoiceHost voice, object request)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, "/api/v1/voice/process")
        {
            Content = JsonContent.Create(request),
            Headers = { { "Prefer", "respond-async" } },
        };
        var response = await voice.Http.SendAsync(message);
        response.StatusCode.Should().Be(HttpStatusCode.Accepted);
        return response;
    }

    private static Task<JsonElement> FinishedAsync(HttpClient http, Uri job) =>
        Eventually.SeesAsync(() => http.GetFromJsonAsync<JsonElement>(job), body => body.Status() is "completed" or "failed", seconds: 60);

    internal static async Task<(int Status, JsonElement Body)> UploadAsync(VoiceHost voice, HttpContent? file, string? parties = null)
    {
        using var form = Form(file, parties);
        using var response = await voice.Http.PostAsync("/api/v1/voice/upload", form);
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    private static MultipartFormDataContent Form(HttpContent? file, string? parties = null)
    {
        var form = new MultipartFormDataContent { { new StringContent(parties ?? JsonSerializer.Serialize(Parties)), "parties" } };
        if (file is not null) form.Add(file, "file", "call.wav");
        return form;
    }

    /// <summary>A body without a length, to be counted as it comes.</summary>
    private sealed class Endless(long length) : Stream
    {
        private long _left = length;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(count, _left);
            _left -= read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
