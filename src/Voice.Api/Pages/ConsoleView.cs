using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Mvc.Razor.Internal;
using Microsoft.AspNetCore.Mvc.Rendering;
using Voice.Api.Security;
using Voice.Application.Conferences;
using Voice.Domain.Recordings;
using Voice.Infrastructure.AfricasTalking.Sandbox;

namespace Voice.Api.Pages;

/// <summary>What every page of the console can write.</summary>
internal abstract class ConsoleView<TModel> : RazorPage<TModel>
{
    private Texts? _texts;

    [RazorInject]
    public INumberingPlan Numbers { get; set; } = null!;

    /// <summary>The words, in the reader's language.</summary>
    protected Texts T => _texts ??= Texts.For(Context.Request);

    /// <summary>A number in groups.</summary>
    protected string Phone(string phone) => Numbers.Write(PhoneNumber.Parse(phone));

    /// <summary>A time in UTC, which the page's script shows in the reader's own zone, with UTC behind it.</summary>
    /// <param name="at">The time.</param>
    /// <param name="form">moment, or clock for the time of day with seconds.</param>
    protected static IHtmlContent Time(DateTimeOffset at, string form = "moment")
    {
        var utc = at.UtcDateTime;
        var time = new TagBuilder("time");
        time.Attributes["datetime"] = utc.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        time.Attributes["data-form"] = form;
        time.InnerHtml.Append(utc.ToString(form == "clock" ? "HH:mm:ss" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC");
        return time;
    }

    /// <summary>A length as players show it, <c>0:38</c>.</summary>
    protected static string Length(double seconds) => TimeSpan.FromSeconds(seconds) is var length && length.TotalHours >= 1
        ? length.ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture)
        : length.ToString(@"m\:ss", CultureInfo.InvariantCulture);

    /// <summary>What lets a reader by token have the parts of the page too; empty for others.</summary>
    protected string Token => Context.IsReader()
        ? QueryString.Create(ReadableByTokenAttribute.Member, Context.Request.Query[ReadableByTokenAttribute.Member].ToString()).ToString()
        : "";

    /// <summary>The page's own address in another language; of an error nothing that it was asked with.</summary>
    protected string InLanguage(string language)
    {
        if (Context.GetEndpoint() is null) return $"?{Texts.Name}={language}";
        var query = Context.Request.Query.Where(member => member.Key != Texts.Name)
            .SelectMany(member => member.Value, (member, value) => $"{Encode(member.Key)}={Encode(value ?? "")}")
            .Append($"{Texts.Name}={language}");
        return $"?{string.Join('&', query)}";

        static string Encode(string text) => UrlEncoder.Default.Encode(text);
    }
}

/// <summary>What the pages ask of the service they stand in.</summary>
internal static class Surroundings
{
    /// <summary>Whether the sandbox answers instead of the real provider.</summary>
    public static bool IsSandboxed(this HttpContext context) => context.RequestServices.GetService<ISandbox>() is not null;
}
