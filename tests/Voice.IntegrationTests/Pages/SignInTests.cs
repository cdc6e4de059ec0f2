using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Voice.Api.Pages;
using Voice.Api.Security;
using Voice.Application.Access;
using Voice.Infrastructure.Access;
using Voice.IntegrationTests.Contracts;

namespace Voice.IntegrationTests.Pages;

public partial class SignInTests
{
    [Fact]
    public async Task Who_signs_in_gets_to_the_page_that_was_asked_for_and_who_signs_out_is_out()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database, "--Auth:ApiKeys:0=the-key");
        using var visitor = new Visitor(voice);

        var form = await visitor.OpenAsync("/?Status=failed");
        form.Address.Should().Be("/sign-in?to=%2F%3FStatus%3Dfailed");
        form.Text.Should().Contain("Key").And.NotContain("wrong");
        var wrong = await visitor.SendAsync(form, "/sign-in", 0, ("key", "another-key"));
        wrong.Response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        wrong.Text.Should().Contain("This key is wrong, or it was revoked.");
        wrong.Html.Should().NotContain("another-key");
        var calls = await visitor.SendAsync(wrong, "/sign-in", 0, ("key", " the-key "));
        calls.Address.Should().Be("/?Status=failed");
        (await visitor.SendAsync(calls, "/sign-out", 0)).Address.Should().Be("/sign-in");
        (await visitor.OpenAsync("/")).Address.Should().StartWith("/sign-in");
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    public async Task Signing_in_leads_to_no_other_site(string to)
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database, "--Auth:ApiKeys:0=the-key");
        using var visitor = new Visitor(voice);

        var page = await visitor.SendAsync(await visitor.OpenAsync("/sign-in"), "/sign-in", 0, ("key", "the-key"), ("to", to));

        page.Address.Should().Be("/");
        page.Response.RequestMessage!.RequestUri!.Authority.Should().Be(voice.Http.BaseAddress!.Authority);
    }

    [Fact]
    public async Task The_cookie_reads_the_api_and_writes_nothing_without_a_forms_token()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database, "--Auth:ApiKeys:0=the-key");

        (await SendAsync(HttpMethod.Get, "/api/v1/voice/recordings")).Should().Be(HttpStatusCode.OK);
        (await SendAsync(HttpMethod.Post, "/api/v1/voice/conference/create")).Should().Be(HttpStatusCode.Unauthorized);
        (await SendAsync(HttpMethod.Post, "/calls")).Should().Be(HttpStatusCode.BadRequest);

        async Task<HttpStatusCode> SendAsync(HttpMethod method, string address)
        {
            using var client = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = voice.Http.BaseAddress };
            using var request = new HttpRequestMessage(method, address) { Headers = { { "Cookie", "voice-key=the-key" } } };
            if (method == HttpMethod.Post)
                request.Content = JsonContent.Create(new { parties = new[] { "+254712345678", "+254787654321" } });
            return (await client.SendAsync(request)).StatusCode;
        }
    }

    [Theory]
    [InlineData("/calls/new?lang=en", "/calls", "/calls/new?lang=en")]
    [InlineData("/endpoints/whe_1", "/endpoints/whe_1/delete", "/endpoints/whe_1")]
    [InlineData(null, "/contracts/ctr_1", "/")]
    public async Task A_form_that_is_sent_after_the_session_leads_to_signing_in_and_back_to_its_page(string? page, string action, string to)
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database, "--Auth:ApiKeys:0=the-key");
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = voice.Http.BaseAddress };
        foreach (var cookie in new[] { null, "voice-key=revoked" })
        {
            using var form = new HttpRequestMessage(HttpMethod.Post, action) { Content = new FormUrlEncodedContent([]) };
            form.Headers.Add("Accept", "text/html");
            if (page is not null) form.Headers.Referrer = new Uri(client.BaseAddress!, page);
            if (cookie is not null) form.Headers.Add("Cookie", cookie);

            using var answer = await client.SendAsync(form);

            answer.StatusCode.Should().Be(HttpStatusCode.SeeOther);
            answer.Headers.Location!.OriginalString.Should().Be($"/sign-in?to={Uri.EscapeDataString(to)}");
        }
    }

    [Fact]
    public async Task Scripts_and_other_sites_do_not_get_at_the_cookie()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database, "--Auth:ApiKeys:0=the-key");
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = voice.Http.BaseAddress };
        var form = await client.GetStringAsync("/sign-in");

        using var answer = await client.PostAsync("/sign-in", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["key"] = "the-key",
            ["form_token"] = FormToken().Match(form).Groups["token"].Value,
        }));

        answer.StatusCode.Should().Be(HttpStatusCode.Found);
        answer.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("voice-key="))
            .Should().ContainAll("httponly", "samesite=strict").And.NotContain("expires");
    }

    [Fact]
    public async Task A_key_sees_what_its_scopes_allow()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        var (secret, key) = ApiKey.New("reader", [Scope.Read], TheRecording.Start);
        await new ApiKeyRepository(database.Source).AddAsync(key, default);
        await using var voice = await VoiceHost.StartAsync(database);
        using var visitor = new Visitor(voice);

        var calls = await visitor.SendAsync(await visitor.OpenAsync("/"), "/sign-in", 0, ("key", secret));

        calls.Text.Should().NotContain("Start a call").And.NotContain("Phones").And.Contain("Sign out");
        var refused = await visitor.OpenAsync("/calls/new");
        refused.Response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        refused.Text.Should().Contain("This key does not have the scope create.");
    }

    [SkippableFact]
    public async Task A_link_shows_its_one_contract_and_lets_nobody_do_anything()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var speech = await SpeechDouble.StartAsync(ProcessTests.Deal);
        await using var voice = await VoiceHost.StartAsync(database, [
            .. speech.Settings, "--Auth:ApiKeys:0=the-key", $"--Webhook:PublicBaseUrl={Production.PublicBaseUrl}"]);
        voice.Http.DefaultRequestHeaders.Authorization = new("Bearer", "the-key");
        var call = await ProcessTests.CompletedAsync(voice);
        var contract = (await ProcessTests.ProcessAsync(voice, new { recording_id = call, parties = ProcessTests.Parties }))
            .GetProperty("contract_id").GetString();
        using var clerk = new Visitor(voice);
        var page = await clerk.SendAsync(await clerk.OpenAsync($"/contracts/{contract}"), "/sign-in", 0, ("key", "the-key"));
        var made = await clerk.SendAsync(page, $"/contracts/{contract}#link", 0);
        made.Html.Should().Contain($"value=\"{Production.PublicBaseUrl}/contracts/", "nothing that a request says of itself is handed out");
        var link = new Uri(WebUtility.HtmlDecode(Link().Match(made.Html).Groups["link"].Value)).PathAndQuery;

        using var party = new Visitor(voice);
        var shown = await party.OpenAsync(link);

        shown.Address.Should().Be(link);
        shown.Text.Should().Contain("KES 640,000").And.NotContain("Phones").And.NotContain("Your code").And.NotContain("Sign out");
        shown.Html.Should().NotContain("<form").And.NotContain($"/calls/{call}");
        var audio = WebUtility.HtmlDecode(Audio().Match(shown.Html).Groups["address"].Value);
        (await party.OpenAsync(audio)).Response.StatusCode.Should().Be(HttpStatusCode.OK);
        (await party.OpenAsync($"/contracts/{contract}")).Address.Should().StartWith("/sign-in");
        (await party.OpenAsync(link.Replace($"{contract}", "ctr_other"))).Response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await party.OpenAsync(link + "x")).Response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [SkippableTheory, OnBothDatabases]
    public async Task A_form_of_one_instance_is_taken_by_another(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var one = await VoiceHost.StartAsync(database);
        await using var other = await VoiceHost.StartAsync(database);
        using var cookies = new HttpClientHandler();
        using var client = new HttpClient(cookies);
        var form = await client.GetStringAsync($"{one.Address}/calls/new");

        using var answer = await client.PostAsync($"{other.Address}/calls", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["form_token"] = FormToken().Match(form).Groups["token"].Value,
            ["First"] = "+254712345678",
            ["Other"] = "+254787654321",
        }));

        answer.RequestMessage!.RequestUri!.AbsolutePath.Should().StartWith("/calls/conf_");
    }

    [Fact]
    public async Task Every_page_but_the_one_to_sign_in_asks_for_a_key()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);

        var pages = voice.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Where(endpoint => endpoint.Metadata.GetMetadata<ConsolePageAttribute>() is not null).ToList();

        pages.Should().HaveCountGreaterThan(10);
        pages.Where(page => page.Metadata.GetMetadata<RequireApiKeyAttribute>() is null).Should()
            .OnlyContain(page => page.DisplayName!.Contains(nameof(SignInController)));
    }

    [GeneratedRegex("name=\"form_token\" type=\"hidden\" value=\"(?<token>[^\"]*)\"")]
    private static partial Regex FormToken();

    [GeneratedRegex("id=\"address\" value=\"(?<link>[^\"]*)\"")]
    private static partial Regex Link();

    [GeneratedRegex("<audio[^>]*src=\"(?<address>[^\"]*)\"")]
    private static partial Regex Audio();
}
