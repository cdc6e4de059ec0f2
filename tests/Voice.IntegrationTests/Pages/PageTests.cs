using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Voice.IntegrationTests.Contracts;

namespace Voice.IntegrationTests.Pages;

/// <summary>The console without scripts, as its pages come from the server.</summary>
public partial class PageTests
{
    [SkippableFact]
    public async Task Every_page_runs_nothing_but_what_we_serve_and_every_form_is_guarded()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var speech = await SpeechDouble.StartAsync(ProcessTests.Deal);
        await using var voice = await VoiceHost.StartAsync(database, speech.Settings);
        using var visitor = new Visitor(voice);
        var call = await ProcessTests.CompletedAsync(voice);
        string[] addresses =
        [
            "/", "/calls/new", $"/calls/{call}", $"/calls/{call}/reports", $"/contracts/{await ContractAsync(voice)}", "/sandbox/sms",
            "/contracts", "/contracts?Party=nonsense", "/nothing-here", "/?Party=nonsense",
            "/endpoints", $"/endpoints/{await EndpointPageTests.EndpointAsync(voice)}",
        ];

        foreach (var address in addresses)
        {
            var page = await visitor.OpenAsync(address);
            var policy = page.Response.Headers.GetValues("Content-Security-Policy").Single();
            policy.Should().StartWith("default-src 'none'").And.NotContain("unsafe").And.NotContain("http", address);
            Outside().Matches(page.Html).Should().BeEmpty(address);
            Inline().Matches(page.Html).Should().BeEmpty(address);
            Posts().Matches(page.Html).Should().NotContain(form => !form.Value.Contains("name=\"form_token\""), address);
        }
    }

    [SkippableTheory, OnBothDatabases]
    public async Task A_call_whose_reports_contradict_each_other_is_marked_in_the_list(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await VoiceHost.StartAsync(database);
        var (right, contradicted) = (await voice.CreatedIdAsync(), await voice.CreatedIdAsync());
        foreach (var id in new[] { right, contradicted }) await voice.UntilFinalAsync(id);
        await voice.PostWebhookAsync($"sessionId={contradicted}&status=busy");
        using var visitor = new Visitor(voice);

        var list = (await visitor.OpenAsync("/")).Html.Split("<li ");

        list.Single(item => item.Contains(contradicted)).Should().Contain("Reports contradict each other");
        list.Single(item => item.Contains(right)).Should().NotContain("Reports contradict each other");
    }

    [Fact]
    public async Task A_form_without_its_token_does_nothing()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);

        foreach (var address in new[] { "/calls", "/calls/conf_1/contract", "/sandbox/sms", "/endpoints", "/endpoints/whe_1/delete" })
            (await voice.Http.PostAsync(address, new FormUrlEncodedContent(
                new Dictionary<string, string> { ["First"] = "+254712345678", ["Other"] = "+254787654321" })))
                .StatusCode.Should().Be(HttpStatusCode.BadRequest, address);

        (await database.CountAsync("SELECT COUNT(*) FROM voice_recordings")).Should().Be(0);
    }

    [SkippableFact]
    public async Task The_console_is_light_and_a_browser_keeps_its_files()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var speech = await SpeechDouble.StartAsync(ProcessTests.Deal);
        await using var voice = await VoiceHost.StartAsync(database, speech.Settings);
        using var visitor = new Visitor(voice);
        var page = await visitor.OpenAsync($"/contracts/{await ContractAsync(voice)}");
        var folder = Folder().Match(page.Html).Value;
        var bytes = page.Html.Length;

        foreach (var file in new[] { "console.css", "console.js", "times.js", "live.js", "words.js", "icon.svg" })
        {
            using var answer = await voice.Http.GetAsync($"{folder}/{file}");
            answer.StatusCode.Should().Be(HttpStatusCode.OK, file);
            answer.Headers.CacheControl!.ToString().Should().Be("public, max-age=31536000, immutable");
            bytes += (await answer.Content.ReadAsByteArrayAsync()).Length;
        }
        bytes += (await voice.Http.GetByteArrayAsync("/client/voice-client.js")).Length;

        bytes.Should().BeLessThan(60_000);
    }

    [Fact]
    public async Task Pages_speak_the_language_that_is_asked_for_chosen_or_preferred()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);
        using var english = new Visitor(voice);
        using var swahili = new Visitor(voice, "fr, sw-KE;q=0.8, en;q=0.5");
        using var german = new Visitor(voice, "de");

        (await english.OpenAsync("/")).Html.Should().Contain("<html lang=\"en\">").And.Contain("There are no calls yet.");
        (await german.OpenAsync("/")).Html.Should().Contain("<html lang=\"en\">");
        (await swahili.OpenAsync("/")).Html.Should().Contain("<html lang=\"sw\">").And.Contain("Bado hakuna simu.");
        (await swahili.OpenAsync("/nothing-here")).Html.Should().Contain("Hakuna kitu hapa");
        (await swahili.OpenAsync("/?lang=en")).Html.Should().Contain("<html lang=\"en\">").And.Contain("href=\"?lang=sw\"");
        (await swahili.OpenAsync("/calls/new")).Html.Should().Contain("<html lang=\"en\">", "the choice is remembered");
    }

    [SkippableTheory, OnBothDatabases]
    public async Task A_call_is_started_followed_and_found_again(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await VoiceHost.StartAsync(database);
        using var visitor = new Visitor(voice);

        var empty = await visitor.OpenAsync("/");
        empty.Text.Should().Contain("There are no calls yet.");
        (string, string)[] fields = [("First", "+254 712-345 678"), ("Other", "00254 787 654321"), ("ContractType", "goods_purchase")];
        var call = await visitor.SendAsync(empty, "/calls", 0, fields);
        var id = call.Address.Split('/')[^1];
        (await visitor.SendAsync(empty, "/calls", 0, fields)).Address.Should().Be(call.Address, "a second click calls nobody");
        call.Text.Should().Contain("+254 712 345678 +254 787 654321").And.Contain("Goods").And.Contain(id);
        await voice.UntilFinalAsync(id);

        var done = await visitor.OpenAsync(call.Address);
        done.Text.Should().MatchRegex("Called [0-9:]+ UTC Answered [0-9:]+ UTC Over [0-9:]+ UTC Recording ready [0-9:]+ UTC")
            .And.Contain("Recording 0:38").And.Contain("+254 787 654321 talked").And.Contain("Status. recording → completed");
        done.Html.Should().Contain($"src=\"/calls/{id}/audio\"");
        var today = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd");
        foreach (var filter in new[] { "", "?Status=completed", "?Party=%2B254+787+654321", $"?Day={today}&Zone=Etc/UTC", "?Zone=Nowhere" })
            (await visitor.OpenAsync("/" + filter)).Text
                .Should().MatchRegex(@"UTC \+254 712 345678 \+254 787 654321 0:38 Recorded", filter);
        foreach (var filter in new[] { "?Status=failed", "?Party=%2B254711111111", "?Day=2001-01-01" })
            (await visitor.OpenAsync("/" + filter)).Text.Should().Contain("No call fits.", filter);
        (await visitor.OpenAsync($"/?Id= {id} ")).Address.Should().Be($"/calls/{id}");
    }

    [Theory]
    [InlineData("?Party=0712345678", "Write the number with its country, such as \\+254 712 345678\\.")]
    [InlineData("?Party=0712345678&lang=sw", "Andika namba pamoja na nchi yake")]
    [InlineData("?Status=odd", "The status must be one of")]
    [InlineData("?Cursor=odd", "The cursor must be the next_cursor of another page")]
    [InlineData("?Day=odd", "Give the day as year, month and day")]
    [InlineData("?Day=0001-01-01&Zone=Africa/Nairobi", "Give the day as year, month and day")]
    [InlineData("?Day=9999-12-31&lang=sw", "Andika siku kwa mwaka, mwezi na tarehe")]
    public async Task A_filter_that_cannot_be_read_is_told(string query, string sentence)
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);
        using var visitor = new Visitor(voice);

        foreach (var list in new[] { "/", "/contracts" })
        {
            var page = await visitor.OpenAsync(list + query);
            page.Response.StatusCode.Should().Be(HttpStatusCode.OK);
            page.Text.Should().MatchRegex(sentence).And.NotContain("fits").And.NotContain("There are no");
        }
    }

    [Theory]
    [InlineData(" ctr_a82bcdefghjk ", "/contracts/ctr_a82bcdefghjk")]
    [InlineData("ctra82bcdefghjk", "/contracts/ctr_a82bcdefghjk")]
    [InlineData("CTRA82BCDEFGHJK", "/contracts/ctr_a82bcdefghjk")]
    [InlineData("Ctr a82bcdefghjk", "/contracts/ctr_a82bcdefghjk")]
    [InlineData("https://voice.example/contracts/ctr_a82bcdefghjk?token=a.b#link", "/contracts/ctr_a82bcdefghjk")]
    [InlineData("localhost:8000/api/v1/contracts/ctr_a82bcdefghjk/document", "/contracts/ctr_a82bcdefghjk")]
    [InlineData("CONF_21493ACF66D60A7A435DB267\n", "/calls/conf_21493acf66d60a7a435db267")]
    [InlineData("https://voice.example/calls/conf_21493acf66d60a7a435db267/reports", "/calls/conf_21493acf66d60a7a435db267")]
    [InlineData("/api/v1/voice/recordings/conf_21493acf66d60a7a435db267", "/calls/conf_21493acf66d60a7a435db267")]
    [InlineData("what/is this?", "/calls/what%2Fis%20this%3F")]
    public async Task What_is_pasted_leads_to_its_call_or_contract(string pasted, string address)
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);
        using var visitor = new Visitor(voice);

        (await visitor.OpenAsync($"/?Id={Uri.EscapeDataString(pasted)}")).Address.Should().Be(address);
    }

    [Fact]
    public async Task The_file_for_a_spreadsheet_says_that_it_is_utf_8()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);

        (await voice.Http.GetByteArrayAsync("/contracts.csv")).Should().StartWith("\ufeffcontract_id,"u8.ToArray());
    }

    [SkippableFact]
    public async Task A_contract_that_one_party_rejected_asks_nobody_any_more_and_tabs_tell_pages_apart()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var speech = await SpeechDouble.StartAsync(ProcessTests.Deal);
        await using var voice = await VoiceHost.StartAsync(database, speech.Settings);
        using var visitor = new Visitor(voice);
        var id = await ContractAsync(voice);
        var page = await Eventually.SeesAsync(() => visitor.OpenAsync($"/contracts/{id}"), page => Yes().Count(page.Html) == 2);
        page.Text.Should().Contain("They can confirm until");

        page = await visitor.SendAsync(page, "/sandbox/sms", 0, ("Text", Yes().Match(page.Html).Groups["text"].Value.Replace("YES", "NO")));

        page.Text.Should().Contain("Rejected").And.Contain("Did not answer")
            .And.NotContain("They can confirm until").And.NotContain("Not yet").And.NotContain("code was sent");
        Yes().Matches(page.Html).Should().BeEmpty();
        page.Html.Should().Contain($"<title>Contract {id} · Voice</title>").And.Contain("id=\"confirm-by\"");
        var call = Call().Match(page.Html).Groups["id"].Value;
        (await visitor.OpenAsync($"/calls/{call}")).Html.Should().Contain($"<title>Call {call} · Voice</title>");
        (await visitor.OpenAsync($"/calls/{call}/reports")).Html.Should().Contain($"<title>Raw reports {call} · Voice</title>");
    }

    [Fact]
    public async Task The_list_goes_on_to_the_last_call()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database, "--Sandbox:CallDuration=00:00:00.01");
        using var visitor = new Visitor(voice);
        var made = new List<string>();
        for (var number = 0; number < 30; number++) made.Insert(0, await voice.CreatedIdAsync(first: "+254712340005"));

        var first = await visitor.OpenAsync("/");
        var second = await visitor.OpenAsync(WebUtility.HtmlDecode(Next().Match(first.Html).Groups["href"].Value));

        new[] { first, second }.SelectMany(page => Rows().Matches(page.Html)).Select(row => row.Groups["id"].Value).Should().Equal(made);
        second.Text.Should().Contain("Latest").And.NotContain("Earlier");
    }

    [Fact]
    public async Task What_is_wrong_with_a_new_call_stands_beside_the_field()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);
        using var visitor = new Visitor(voice);

        var page = await visitor.SendAsync(
            await visitor.OpenAsync("/calls/new"), "/calls", 0, ("First", "12 \"><script>"), ("Other", "+254787654321"));

        page.Response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        page.Html.Should().Contain("value=\"12 &quot;&gt;&lt;script&gt;\"").And.Contain("aria-describedby=\"first-wrong\"")
            .And.NotContain("other-wrong");
        page.Text.Should().Contain("Give the phone number in E.164 form");
    }

    [Fact]
    public async Task Each_story_of_the_sandbox_is_one_click_away_and_its_page_tells_what_to_do()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database, "--AfricasTalking:Timeout=00:00:01");
        using var visitor = new Visitor(voice);
        var start = await visitor.OpenAsync("/calls/new");
        var ends = new[]
        {
            "Recorded", "The line was busy", "Nobody answered", "The call was declined", "The other party was not reached",
            "The number is invalid", "The account has no credit", "Recorded", "Recorded", "Recorded", "In progress",
            "Nobody knows whether it rang", "Nobody knows whether it rang",
        };

        for (var story = 0; story < ends.Length; story++)
        {
            var call = await visitor.SendAsync(start, "/calls", story + 1);
            call.Address.Should().StartWith("/calls/conf_", "a call that fails has a page that says why");
            var page = await Eventually.SeesAsync(() => visitor.OpenAsync(call.Address), page => page.Text.Contains(ends[story]));
            if (story is not (0 or 7 or 8 or 9 or 10)) page.Text.Should().Contain("Start another call");
        }
    }

    [SkippableTheory, OnBothDatabases]
    public async Task A_call_shows_its_raw_reports_and_plays_its_audio(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await VoiceHost.StartAsync(database);
        using var visitor = new Visitor(voice);
        var id = await voice.CreatedIdAsync();
        await voice.UntilFinalAsync(id);
        await voice.PostWebhookAsync($"sessionId={id}&status=completed&note=%3Cscript%3E");

        (await visitor.OpenAsync($"/calls/{id}/reports")).Html.Should().Contain("<dt>callSessionState</dt><dd>Bridged</dd>")
            .And.Contain("<dt>sessionId</dt>").And.Contain("&lt;script&gt;").And.NotContain("<dd><script>");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/calls/{id}/audio") { Headers = { Range = new(1000, 1999) } };
        using var audio = await voice.Http.SendAsync(request);
        audio.StatusCode.Should().Be(HttpStatusCode.PartialContent);
        (await audio.Content.ReadAsByteArrayAsync()).Should().HaveCount(1000);
        audio.Content.Headers.ContentType!.MediaType.Should().Be("audio/mpeg");
        await Eventually.HoldsAsync(() => !Directory.EnumerateDirectories(voice.AudioFolder).Any());
        var busy = await voice.CreatedIdAsync("+254712340001");
        (await voice.Http.GetAsync($"/calls/{busy}/audio")).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [SkippableTheory, OnBothDatabases]
    public async Task A_contract_is_made_and_confirmed_from_the_phones_beside_it(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var speech = await SpeechDouble.StartAsync(ProcessTests.Deal);
        await using var voice = await VoiceHost.StartAsync(database, speech.Settings);
        using var visitor = new Visitor(voice);
        var call = await visitor.OpenAsync($"/calls/{await ProcessTests.CompletedAsync(voice)}");

        var working = await visitor.SendAsync(call, $"{call.Address}/contract", 0, ("Names[0]", "<b>John</b>"));
        var contract = await Eventually.SeesAsync(() => visitor.OpenAsync(working.Address), page => page.Address.StartsWith("/contracts/"));
        contract.Html.Should().Contain("&lt;b&gt;John&lt;/b&gt;").And.NotContain("<b>John");
        contract.Text.Should().Contain("Total KES 640,000").And.Contain("Waiting for the parties");
        contract = await Eventually.SeesAsync(() => visitor.OpenAsync(contract.Address), page => Yes().Count(page.Html) == 2);

        (await visitor.SendAsync(contract, "/sandbox/sms", 0, ("Text", Wrong().Match(contract.Html).Groups["text"].Value)))
            .Text.Should().Contain("Not taken");
        foreach (var (phone, yes) in Yes().Matches(contract.Html).Index())
            (await visitor.SendAsync(contract, "/sandbox/sms", phone, ("Text", yes.Groups["text"].Value)))
                .Text.Should().Contain("Taken as a yes.");

        var confirmed = await visitor.OpenAsync(contract.Address);
        confirmed.Text.Should().Contain("Confirmed by all").And.MatchRegex("Seller .*? Confirmed [0-9-]+ [0-9:]+ UTC by text message");
        (await visitor.OpenAsync(call.Address)).Html.Should().Contain($"href=\"{contract.Address}\"");
        (await voice.Http.GetFromJsonAsync<JsonElement>("/sandbox/sms")).EnumerateArray().Should().OnlyContain(
            message => message.GetProperty("text").GetString()!.Contains("Your code"), "what phones send is not what they get");
    }

    [SkippableFact]
    public async Task What_is_disputed_is_asked_at_once_and_each_term_leads_to_its_words()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var speech = await SpeechDouble.StartAsync(
            "I want one hundred bags of beans. My price is five thousand shillings per bag. I can pay four thousand. "
            + "I cannot go down to four thousand.");
        await using var voice = await VoiceHost.StartAsync(database, speech.Settings);
        using var visitor = new Visitor(voice);

        var page = await visitor.OpenAsync($"/contracts/{await ContractAsync(voice)}");

        page.Text.Should().MatchRegex("2 things are open .*Price per unit .*4,000 or .*5,000.*What was agreed.*"
            + "Price per unit not settled KES [45],000");
        foreach (var term in Terms().Matches(page.Html).Select(term => term.Groups["term"].Value))
            page.Html.Should().Contain($"id=\"words-{term}\"").And.MatchRegex($"<mark data-terms=\"[a-z_ ]*{term}");
    }

    [Theory]
    [InlineData("/calls/conf_unknown", 404, "Recording not found")]
    [InlineData("/contracts/ctr_unknown", 404, "Contract not found")]
    [InlineData("/nothing-here", 404, "There is nothing at this address.")]
    [InlineData("/api/v1/contracts/ctr_unknown/document", 404, "Contract not found")]
    public async Task Errors_are_pages_for_browsers_and_json_for_programs(string address, int status, string sentence)
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);
        using var visitor = new Visitor(voice, "sw");

        var page = await visitor.OpenAsync(address);
        using var answer = await voice.Http.GetAsync(address);

        ((int)page.Response.StatusCode).Should().Be(status);
        page.Response.Content.Headers.ContentType!.MediaType.Should().Be("text/html");
        page.Text.Should().Contain(sentence).And.Contain("Nenda kwenye simu");
        page.Text.Should().Contain(page.Response.Headers.GetValues("traceparent").Single().Split('-')[1]);
        ((int)answer.StatusCode).Should().Be(status);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString().Should().Contain(sentence);
    }

    [Theory]
    [InlineData("/api/v1/voice/recordings?colour=red")]
    [InlineData("/api/v1/voice/recordings/conf_unknown")]
    [InlineData("/api/v1/nothing-here")]
    public async Task The_api_answers_with_json_whatever_is_accepted(string address)
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);
        using var visitor = new Visitor(voice);

        var answer = await visitor.OpenAsync(address);

        answer.Response.Content.Headers.ContentType!.MediaType.Should().Be("application/json");
        answer.Html.Should().StartWith("{\"detail\":\"");
    }

    [Fact]
    public async Task An_error_page_repeats_nothing_of_its_address()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);
        using var visitor = new Visitor(voice);

        (await visitor.OpenAsync("/voice/webhook/s3cret?token=s3cret")).Html.Should().Contain("There is nothing").And.NotContain("s3cret");
        (await visitor.OpenAsync("/calls/s3cret?x=s3cret")).Html.Should().Contain("There is nothing").And.NotContain("s3cret");
    }

    private static async Task<string> ContractAsync(VoiceHost voice) => (await ProcessTests.ProcessAsync(
        voice, new { recording_id = await ProcessTests.CompletedAsync(voice), parties = ProcessTests.Parties }))
        .GetProperty("contract_id").GetString()!;

    [GeneratedRegex("href=\"/calls/(?<id>conf_[^\"]*)\"")]
    private static partial Regex Call();

    [GeneratedRegex("(src|href|action)=\"(https?:)?//[^\"]*\"")]
    private static partial Regex Outside();

    [GeneratedRegex("""<script(?![^>]*src=)|<style| style="| on[a-z]+="|javascript:""")]
    private static partial Regex Inline();

    [GeneratedRegex("<form[^>]*method=\"post\".*?</form>", RegexOptions.Singleline)]
    private static partial Regex Posts();

    [GeneratedRegex("/assets/[0-9a-f]+")]
    private static partial Regex Folder();

    [GeneratedRegex("<a rel=\"next\" href=\"(?<href>[^\"]*)\"")]
    private static partial Regex Next();

    [GeneratedRegex("<li id=\"(?<id>conf_[^\"]*)\"")]
    private static partial Regex Rows();

    [GeneratedRegex("value=\"(?<text>YES [^\"]*)\"[^>]*>Answer yes")]
    private static partial Regex Yes();

    [GeneratedRegex("value=\"(?<text>YES [^\"]*)\"[^>]*>Answer with a wrong code")]
    private static partial Regex Wrong();

    [GeneratedRegex("data-term=\"(?<term>[a-z_]+)\"")]
    private static partial Regex Terms();
}
