using System.Text.Json;
using System.Text.Unicode;
using FluentValidation;
using FluentValidation.AspNetCore;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.WebEncoders;
using Voice.Api.Binding;
using Voice.Api.Client;
using Voice.Api.Contracts;
using Voice.Api.Controllers;
using Voice.Api.Errors;
using Voice.Api.OpenApi;
using Voice.Api.Pages;
using Voice.Api.Security;
using Voice.Api.Status;
using Voice.Application;
using Voice.Application.Webhooks;
using Voice.Infrastructure;

namespace Voice.Api;

/// <summary>Puts the HTTP side together.</summary>
internal static class ApiRegistration
{
    private const long LargestBody = 1024 * 1024;
    private const int LongestRequestLine = 2 * 1024 * 1024;
    private const int MostRead = 64 * 1024;

    /// <exception cref="SettingException">A setting is wrong.</exception>
    public static void AddVoiceApi(this WebApplicationBuilder builder, Limits limits)
    {
        if (!Uri.TryCreate(OwnAddress.Reachable(builder.Configuration["Urls"]?.Split(';')[0] ?? ""), UriKind.Absolute, out var url)
            || url.Scheme is not ("http" or "https"))
            throw new SettingException("Urls must be an http or https address to listen on, such as http://localhost:8000.");

        var services = builder.Services;
        services.AddSingleton(builder.Configuration.Read<AuthSettings>("Auth"));
        services.AddSingleton<KeyRing>();
        services.AddHostedService(services => services.GetRequiredService<KeyRing>());
        services.AddProxies(builder.Configuration.Read<ProxySettings>("Proxy"));
        services.AddSingleton<OwnAddress>();
        services.AddSingleton<IOwnAddress>(services => services.GetRequiredService<OwnAddress>());

        ValidatorOptions.Global.PropertyNameResolver =
            (_, member, _) => member is null ? null : JsonNamingPolicy.SnakeCaseLower.ConvertName(member.Name);
        services.AddFluentValidationAutoValidation(options => options.DisableDataAnnotationsValidation = false);
        services.AddMvcCore(options =>
            {
                options.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
                options.ModelMetadataDetailsProviders.Add(new MemberRules());
                options.Filters.AddService<KnownQueryMembers>();
                options.ModelBindingMessageProvider.SetAttemptedValueIsInvalidAccessor((_, _) => InvalidInput.WrongForm);
                // They would read a form body before its action could keep it raw.
                options.ValueProviderFactories.RemoveType<FormValueProviderFactory>();
                options.ValueProviderFactories.RemoveType<JQueryFormValueProviderFactory>();
                options.ValueProviderFactories.RemoveType<FormFileValueProviderFactory>();
            })
            .AddApiExplorer()
            .AddDataAnnotations()
            .AddViews()
            .AddRazorViewEngine()
            .AddApplicationPart(typeof(ApiRegistration).Assembly) // The entry assembly is another one under test.
            .AddJsonOptions(options =>
            {
                options.AllowInputFormatterExceptionMessages = false;
                JsonRules.Apply(options.JsonSerializerOptions);
            })
            .ConfigureApiBehaviorOptions(options =>
            {
                options.InvalidModelStateResponseFactory = InvalidInput.Answer;
                options.SuppressMapClientErrors = true;
            });
        services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new(UnicodeRanges.All));
        services.AddFormTokens();
        services.AddSingleton<KnownQueryMembers>();
        services.AddSingleton<UploadForm>();
        services.AddBudgets();
        builder.AddHealth();
        builder.AddObservability();
        services.AddExceptionHandler<ExceptionAnswers>();
        services.AddOpenApiDocument();
        services.AddFrontEndOrigins(builder.Configuration.Read<CorsSettings>("Cors"), builder.Environment.IsDevelopment());

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            // An absurdly long id is answered like any other that does not exist, instead of by the server without a body.
            kestrel.Limits.MaxRequestLineSize = LongestRequestLine;
            kestrel.Limits.MaxRequestBufferSize = LongestRequestLine;
            kestrel.Limits.MaxConcurrentConnections = limits.Connections;
            kestrel.Limits.RequestHeadersTimeout = limits.HeaderTime;
        });
        // Of a body that we are slow to read no more than this waits in memory, on each connection.
        builder.WebHost.UseSockets(sockets => sockets.MaxReadBufferSize = MostRead);
        // These write request addresses, and an address can carry the webhook's secret; the first would also trace every request.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Routing", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore.StaticFiles", LogLevel.Warning);
        // What was given up Budgets tells, without its stack.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Http.Timeouts", LogLevel.None);
        // It warns that its keys are not encrypted at rest, where what lies beside them is worth more; a database that is away is told by
        // whoever needs them.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.None);
    }

    public static void UseVoiceApi(this WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseForwardedHeaders();
        app.UseRequestsAsMeant();
        app.UseRouting();
        app.UseMiddleware<RequestLog>();
        app.UseLocalHosts();
        app.UseCors();
        app.UseExceptionHandler(_ => { });
        app.UseMiddleware<ForeignPages>();
        app.UseMiddleware<ApiKeyGate>();
        app.UseMiddleware<Throttle>();
        app.UseMiddleware<PlainReads>();
        app.UseRequestTimeouts();
        app.UseStatusCodePages(page =>
        {
            var status = page.HttpContext.Response.StatusCode;
            return ErrorAnswer.WriteAsync(page.HttpContext, status, ErrorAnswer.SentenceFor(status));
        });
        app.Use(RefusePackedBodies);
        app.UseOpenApiDocument();
        app.UseClientModule();
        app.UseConsoleAssets();
        app.MapControllers();
        app.MapHealth();
        app.MapMetrics();
    }

    // The provider's callbacks alone are read packed: whatever comes from there must be kept.
    private static Task RefusePackedBodies(HttpContext context, RequestDelegate next)
    {
        var isPacked = context.Request.Headers.ContentEncoding.Any(encoding => encoding is not (null or "" or "identity"));
        if (!isPacked || context.Request.Path.StartsWithSegments(WebhookController.Path)) return next(context);
        context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
        return Task.CompletedTask;
    }
}
