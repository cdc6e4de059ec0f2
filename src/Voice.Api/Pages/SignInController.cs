using Microsoft.AspNetCore.Mvc;

namespace Voice.Api.Pages;

/// <summary>
/// Where people sign in with their key, and out. Whether the key is good is for the gate to say, at the page that they go on to.
/// </summary>
[ConsolePage]
[AutoValidateAntiforgeryToken]
public sealed class SignInController : Controller
{
    /// <summary>The form; a key that is there already was not good.</summary>
    [HttpGet(SignInPage.Path)]
    public IActionResult Form(string? to)
    {
        var wasWrong = Request.Cookies.ContainsKey(SignInPage.Cookie);
        Response.Cookies.Delete(SignInPage.Cookie);
        if (wasWrong) Response.StatusCode = StatusCodes.Status401Unauthorized;
        return View(new SignInPage(to, wasWrong));
    }

    /// <summary>Goes on with a key.</summary>
    [HttpPost(SignInPage.Path)]
    public IActionResult Enter([FromForm] string? key, [FromForm] string? to)
    {
        Response.Cookies.Append(SignInPage.Cookie, key?.Trim() ?? "", new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = Request.IsHttps,
            IsEssential = true,
        });
        return LocalRedirect(Url.IsLocalUrl(to) ? to : "~/");
    }

    /// <summary>Forgets the key.</summary>
    [HttpPost("/sign-out")]
    public IActionResult Leave()
    {
        Response.Cookies.Delete(SignInPage.Cookie);
        return LocalRedirect("~" + SignInPage.Path);
    }
}

/// <summary>Signing in.</summary>
/// <param name="To">Where to go on.</param>
/// <param name="WasWrong">The key before was not good.</param>
internal sealed record SignInPage(string? To, bool WasWrong)
{
    /// <summary>
    /// The cookie that holds the key until the browser is closed. Scripts cannot read it, and no other site makes it be sent.
    /// </summary>
    public const string Cookie = "voice-key";

    /// <summary>Where the form is.</summary>
    public const string Path = "/sign-in";

    /// <summary>The form's address for somebody who wanted to see that, or sent a form, to whose page it leads back.</summary>
    public static string AddressFor(HttpRequest request)
    {
        var to = HttpMethods.IsGet(request.Method) ? request.PathBase + request.Path + request.QueryString
            : request.GetTypedHeaders().Referer is { IsAbsoluteUri: true } page ? page.PathAndQuery
            : $"{request.PathBase}/";
        return $"{request.PathBase}{Path}{QueryString.Create("to", to)}";
    }
}
