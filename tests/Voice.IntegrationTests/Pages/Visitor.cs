using System.Net;
using System.Text.RegularExpressions;

namespace Voice.IntegrationTests.Pages;

/// <summary>A browser without scripts: it keeps cookies, asks for pages and sends the forms that it finds.</summary>
internal sealed partial class Visitor : IDisposable
{
    private readonly HttpClient _http;

    public Visitor(VoiceHost voice, string? language = null)
    {
        _http = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = voice.Http.BaseAddress };
        _http.DefaultRequestHeaders.Add("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        if (language is not null) _http.DefaultRequestHeaders.Add("Accept-Language", language);
    }

    public async Task<Page> OpenAsync(string address) => await ReadAsync(await _http.GetAsync(address));

    /// <summary>Sends a form of a page as it stands, but for what is given.</summary>
    /// <param name="page">The page.</param>
    /// <param name="action">Where the form goes.</param>
    /// <param name="number">The how many-th of those that go there, from 0.</param>
    /// <param name="fields">What is filled in.</param>
    public async Task<Page> SendAsync(Page page, string action, int number, params (string Name, string Value)[] fields)
    {
        var form = Forms().Matches(page.Html).Where(form => form.Groups["action"].Value == action).ElementAt(number).Groups["inside"].Value;
        var sent = Inputs().Matches(form).Where(input => !input.Value.Contains("checkbox") || input.Value.Contains("checked"))
            .Select(input => KeyValuePair.Create(
                input.Groups["name"].Value, WebUtility.HtmlDecode(Value().Match(input.Value).Groups["value"].Value))).ToList();
        foreach (Match select in Selects().Matches(form))
        {
            var options = Options().Matches(select.Groups["inside"].Value);
            var chosen = options.FirstOrDefault(option => option.Value.Contains("selected")) ?? options[0];
            sent.Add(new(select.Groups["name"].Value, chosen.Groups["value"].Value));
        }
        sent.RemoveAll(field => fields.Any(filled => filled.Name == field.Key));
        sent.AddRange(fields.Select(filled => KeyValuePair.Create(filled.Name, filled.Value)));
        return await ReadAsync(await _http.PostAsync(action, new FormUrlEncodedContent(sent)));
    }

    public void Dispose() => _http.Dispose();

    private static async Task<Page> ReadAsync(HttpResponseMessage response)
    {
        using (response)
            return new Page(response, await response.Content.ReadAsStringAsync(), response.RequestMessage!.RequestUri!.PathAndQuery);
    }

    [GeneratedRegex("""<form[^>]*action="(?<action>[^"]*)"[^>]*>(?<inside>.*?)</form>""", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("""<input[^>]*name="(?<name>[^"]*)"[^>]*>""")]
    private static partial Regex Inputs();

    [GeneratedRegex("value=\"(?<value>[^\"]*)\"")]
    private static partial Regex Value();

    [GeneratedRegex("""<select[^>]*name="(?<name>[^"]*)"[^>]*>(?<inside>.*?)</select>""", RegexOptions.Singleline)]
    private static partial Regex Selects();

    [GeneratedRegex("""<option value="(?<value>[^"]*)"[^>]*>""")]
    private static partial Regex Options();
}

/// <summary>A page as it came.</summary>
/// <param name="Response">Status and headers.</param>
/// <param name="Html">The page.</param>
/// <param name="Address">Where it is, below the service's own address.</param>
internal sealed partial record Page(HttpResponseMessage Response, string Html, string Address)
{
    /// <summary>What a person reads on it, in one line.</summary>
    public string Text => WebUtility.HtmlDecode(Blanks().Replace(Tags().Replace(Html, " "), " "));

    [GeneratedRegex("<head>.*?</head>|<[^>]*>", RegexOptions.Singleline)]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
